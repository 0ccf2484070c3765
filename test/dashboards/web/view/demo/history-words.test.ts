import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyText } from '../../../../../dashboards/web/view/demo/history-words.js';

const when = { from: '2026-11-01T00:00:00Z', to: '2026-11-29T00:00:00Z' };
const cases = [
  { name: 'none was made', history: null, text: null },
  { name: 'it has just begun', history: { ...when, doneRatio: 0 }, text: 'history 0\u2009%' },
  { name: 'almost whole is not whole', history: { ...when, doneRatio: 0.9999 }, text: 'history 99\u2009%' },
  { name: 'it is whole', history: { ...when, doneRatio: 1 }, text: null },
];
for (const { name, history, text } of cases)
  test(`historyText: ${name}`, () =>
    assert.equal(historyText(history)?.replace(/\s(?=%)/, '\u2009') ?? null, text));
