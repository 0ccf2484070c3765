import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excludedTime, isExcluded } from '../../../alerting/corrections/excluded-time.js';
import { makeCorrection } from '../../../alerting/corrections/fold-corrections.js';
import { reachOf } from '../../../alerting/corrections/reach-of.js';
import { NewCorrection } from '../../../schemas/slo/correction.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';

const told = { from: '2026-11-28T10:02:00Z', to: '2026-11-28T10:07:00Z', reason: 'deploy', author: 'ann' };

function correction(given: object) {
  const made = makeCorrection('c', NewCorrection.parse({ ...told, ...given }), new Date(0));
  assert.ok(made.kind === 'correction', JSON.stringify(made));
  return made.correction;
}

function slo(given: object) {
  const base = { id: 'checkout-success', title: 'C', sli: { kind: 'success' }, objective: '99%' };
  return SloDefinition.parse({ ...base, ...given });
}

const cases = [
  { name: 'no scope is about everything', of: {}, slo: {}, reach: 'whole' },
  { name: 'an objective by glob', of: { slo: 'checkout-*' }, slo: {}, reach: 'whole' },
  { name: 'another objective', of: { slo: 'pay-*' }, slo: {}, reach: 'none' },
  {
    name: 'the function of this scope',
    of: { function: 'pay*' },
    slo: { per: 'function' },
    scope: 'pay-a',
    reach: 'whole',
  },
  { name: 'another scope', of: { function: 'pay*' }, slo: { per: 'function' }, scope: 'cart', reach: 'none' },
  { name: 'a function of all that are added up', of: { function: 'pay*' }, slo: {}, reach: 'partly' },
  {
    name: 'all functions that are chosen by name',
    of: { function: 'pay*' },
    slo: { where: { function: ['pay-a', 'pay-b'] } },
    reach: 'whole',
  },
  {
    name: 'one of two functions',
    of: { function: 'pay-a' },
    slo: { where: { function: ['pay-a', 'pay-b'] } },
    reach: 'partly',
  },
  {
    name: 'none of the functions',
    of: { function: 'cart' },
    slo: { where: { function: ['pay-a', 'pay-b'] } },
    reach: 'none',
  },
  { name: 'a wider glob', of: { function: 'p*' }, slo: { where: { function: 'pay-*' } }, reach: 'whole' },
  {
    name: 'a narrower glob',
    of: { function: 'pay-a*' },
    slo: { where: { function: 'pay-*' } },
    reach: 'partly',
  },
  {
    name: 'a glob that can never meet',
    of: { function: 'cart-*' },
    slo: { where: { function: 'pay-*' } },
    reach: 'none',
  },
  {
    name: 'one character is not any text',
    of: { function: 'pay-?' },
    slo: { where: { function: 'pay-*' } },
    reach: 'partly',
  },
  {
    name: 'another environment',
    of: { function: '*', environment: 'staging' },
    slo: { where: { environment: 'production' } },
    reach: 'none',
  },
  {
    name: 'function and environment',
    of: { function: 'pay', environment: 'prod*' },
    slo: { where: { function: 'pay', environment: 'production' } },
    reach: 'whole',
  },
];
for (const { name, of, slo: given, scope = '', reach } of cases) {
  test(`reachOf: ${name}: ${reach}`, () => {
    assert.equal(reachOf(correction(of), slo(given), scope), reach);
  });
}

test('windows are exact to the minute, and a time slice that one touches is left out as a whole', () => {
  const seconds = (text: string) => Date.parse(`2026-11-28T${text}:00Z`) / 1000;
  const within = (sli: object) =>
    excludedTime([correction({})], slo({ sli }).sli, seconds('10:00'), seconds('12:00'));
  const slices = { kind: 'time-slice', slice: '5m', atLeast: '90%', of: { kind: 'success' } };
  assert.deepEqual(within({ kind: 'success' }), [{ fromS: seconds('10:02'), toS: seconds('10:07') }]);
  assert.deepEqual(within(slices), [{ fromS: seconds('10:00'), toS: seconds('10:10') }]);
  const minutes = ['10:01', '10:02', '10:06', '10:07'].map((at) =>
    isExcluded(within({ kind: 'success' }), seconds(at)),
  );
  assert.deepEqual(minutes, [false, true, true, false]);
});

const refusals = [
  { name: 'half a minute', given: { to: '2026-11-28T10:07:30Z' }, says: /to \(.*\) must be a whole minute/ },
  { name: 'an end before the start', given: { to: '2026-11-28T10:00:00Z' }, says: /must be before/ },
  { name: 'years', given: { to: '2028-11-28T10:00:00Z' }, says: /366 days/ },
  { name: 'a zone without a rule', given: { zone: 'Europe/Berlin' }, says: /only with rrule/ },
  { name: 'a rule that is none', given: { rrule: 'FREQ=NEVER' }, says: /rrule: FREQ must be/ },
  {
    name: 'a start that the rule does not name',
    given: { rrule: 'FREQ=WEEKLY;BYDAY=MO' },
    says: /not one of the times/,
  },
];
for (const { name, given, says } of refusals) {
  test(`makeCorrection refuses ${name}`, () => {
    const made = makeCorrection('c', NewCorrection.parse({ ...told, ...given }), new Date(0));
    assert.ok(made.kind === 'refused');
    assert.match(made.reason, says);
  });
}
