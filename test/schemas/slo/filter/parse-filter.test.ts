import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FilterRow, holds } from '../../../../schemas/slo/filter/holds.js';
import { parseFilter } from '../../../../schemas/slo/filter/parse-filter.js';
import { filterRow } from '../../../support/filter-rows.js';

const row: FilterRow = filterRow({
  outcome: 'ok',
  durationMs: 250,
  httpStatus: 201,
  cold: true,
  attributes: { 'http.route': '/pay/{id}', 'shop.items': '12', 'shop.note': 'it\'s "new"' },
  tags: { tier: 'gold' },
});

const meant: readonly [filter: string, holds: boolean][] = [
  ['outcome == "ok"', true],
  ['outcome == "ok" and durationMs < 250ms', false],
  ['durationMs <= 250ms', true],
  ['durationMs < 0.26s and not cold', false],
  ['cold', true],
  ['not cold or tags["tier"] == "gold"', true],
  // "and" binds closer than "or".
  ['cold or cold and not cold', true],
  ['(cold or cold) and not cold', false],
  ['httpStatus in [200, 201]', true],
  ['httpStatus not in [200, 201]', false],
  ['attributes["http.route"] like "/pay/*"', true],
  ['attributes["shop.items"] >= 12', true],
  ['attributes["shop.items"] == 12 and attributes["shop.items"] == "12"', true],
  ['attributes["shop.note"] == "it\'s \\"new\\""', true],
  ["attributes['shop.note'] == 'it\\'s \"new\"'", true],
  ['attributes["nothing"] exists', false],
  ['attributes["nothing"] == ""', false],
  ['attributes["nothing"] != "x"', true],
  ['memoryUsedRatio < 90%', false],
  ['eventAgeMs exists', false],
];
for (const [text, expected] of meant)
  test(`filter: ${text} is ${expected}`, () => {
    const parsed = parseFilter(text);
    assert.ok(parsed.kind === 'filter', parsed.kind === 'wrong' ? parsed.says : '');
    assert.equal(holds(parsed.filter, row), expected);
  });

const wrong: readonly [filter: string, at: number, says: RegExp][] = [
  ['', 1, /is empty/],
  ['outcom == "ok"', 1, /no field "outcom"; did you mean outcome\?/],
  ['outcome == "okay"', 12, /no outcome "okay"; did you mean ok\?/],
  ['outcome = "ok"', 9, /write "==" to compare/],
  ['outcome == ok', 12, /expected a value, not "ok"/],
  ['cold && cold', 6, /write "and" instead of "&&"/],
  ['!cold', 1, /write "not" instead of "!"/],
  ['durationMs < "5"', 14, /durationMs is compared with a number, not ""5""/],
  ['function < "a"', 10, /"<" compares numbers, and function is a text/],
  ['durationMs', 11, /expected a comparison such as == after durationMs/],
  ['(cold', 6, /expected "\)", not the end/],
  ['cold cold', 6, /expected "and", "or" or the end, not "cold"/],
  ['attributes.route == "x"', 11, /nothing a filter knows/],
  ['attributes[route] == "x"', 12, /expected a key in quotes/],
  ['function == "a', 13, /this text has no end/],
  ['httpStatus in []', 16, /expected a value, not "\]"/],
  ['durationMs < 5 min', 16, /expected "and", "or" or the end/],
  [`${'('.repeat(40)}cold`, 31, /at most 30 brackets/],
  ['cold; DROP TABLE invocations', 5, /";" is nothing a filter knows/],
];
for (const [text, at, says] of wrong)
  test(`filter: ${JSON.stringify(text.slice(0, 40))} is refused at character ${at}`, () => {
    const parsed = parseFilter(text);
    assert.ok(parsed.kind === 'wrong');
    assert.match(parsed.says, says);
    assert.equal(parsed.at, at);
  });

test('filter: whatever is written, it is read or refused at a place within it', () => {
  const words = fc.constantFrom(
    'cold',
    'and',
    'or',
    'not',
    '(',
    ')',
    'in',
    '[',
    ']',
    ',',
    '==',
    '"x"',
    '3',
    'outcome',
    '\\',
    '$',
    ' ',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((some) => some.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseFilter(text);
      if (parsed.kind === 'wrong')
        assert.ok(parsed.at >= 1 && parsed.at <= text.length + 1 && parsed.says !== '');
      else assert.equal(typeof holds(parsed.filter, row), 'boolean');
    }),
    { numRuns: 500 },
  );
});
