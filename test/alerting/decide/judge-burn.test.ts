import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { burnPolicy, isAbove } from '../../../alerting/decide/burn-policy.js';
import { judgeBurn } from '../../../alerting/decide/judge-burn.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';

function definition(alerting: object = {}, objective = '99.9%') {
  return SloDefinition.parse({ id: 'a', title: 'A', sli: { kind: 'success' }, objective, alerting });
}

type Counts = readonly [bad: number, total: number];
/** The windows of the workbook's three tiers at 30 days, shortest first. */
function judged(counts: Record<string, Counts>, policy = burnPolicy(definition())) {
  const hours: Record<string, number> = { '5m': 1 / 12, '30m': 0.5, '1h': 1, '6h': 6, '3d': 72 };
  const standing = judgeBurn(policy, (windowMs) => {
    const name = Object.keys(counts).find((one) => Math.abs((hours[one] ?? 0) * 3_600_000 - windowMs) < 1);
    const [bad, total] = counts[name ?? ''] ?? [0, 0];
    return { good: total - bad, total };
  });
  if (standing.kind !== 'judged') return standing.kind;
  return `${standing.active?.name ?? '-'} ${standing.held?.name ?? '-'} ${standing.still?.name ?? '-'}`;
}

const cases: { name: string; counts: Record<string, Counts>; expected: string }[] = [
  { name: 'nothing happened', counts: {}, expected: '- - -' },
  {
    name: 'a total outage of a busy function reaches the fastest page',
    counts: {
      '5m': [500, 500],
      '30m': [500, 3_000],
      '1h': [500, 6_000],
      '6h': [500, 36_000],
      '3d': [500, 432_000],
    },
    expected: '1h/5m - 1h/5m',
  },
  {
    name: 'exactly the threshold is not above it',
    counts: { '5m': [144, 10_000], '1h': [144, 10_000] },
    expected: '- - -',
  },
  {
    name: 'one failure of one is too few to judge',
    counts: { '5m': [1, 1], '30m': [1, 1], '1h': [1, 1], '6h': [1, 1], '3d': [1, 1] },
    expected: '- 1h/5m 1h/5m',
  },
  {
    name: 'two of ten in an hour are beyond chance',
    counts: { '5m': [1, 1], '30m': [1, 5], '1h': [2, 10], '6h': [2, 60], '3d': [2, 720] },
    expected: '1h/5m - 1h/5m',
  },
  {
    name: 'nobody called since: it cannot be told over, nor begun',
    counts: { '5m': [0, 0], '1h': [5, 10] },
    expected: '- - 1h/5m',
  },
  {
    name: 'calls that went well since end it',
    counts: { '5m': [0, 100], '30m': [0, 600], '1h': [200, 1_200], '6h': [200, 7_200] },
    expected: '- - -',
  },
  { name: 'more good than all cannot be', counts: { '5m': [-1, 10], '1h': [0, 10] }, expected: 'broken' },
];
for (const { name, counts, expected } of cases)
  test(`judgeBurn: ${name}`, () => assert.equal(judged(counts), expected));

test('judgeBurn: without the gate one failure of one pages', () => {
  const one = { '5m': [1, 1], '30m': [1, 1], '1h': [1, 1], '6h': [1, 1], '3d': [1, 1] } as const;
  assert.equal(judged(one, burnPolicy(definition({ lowTraffic: 'plain' }))), '1h/5m - 1h/5m');
});

test('burnPolicy: tiers that could never be reached are left out, pages come first, thresholds are exact', () => {
  const names = (objective: string) => burnPolicy(definition({}, objective)).tiers.map(({ name }) => name);
  assert.deepEqual(names('99.9%'), ['1h/5m', '6h/30m', '3d/6h']);
  assert.deepEqual(names('90%'), ['6h/30m', '3d/6h']);
  const [fast] = burnPolicy(definition()).tiers;
  assert.deepEqual(fast?.threshold, { parts: 9n, of: 625n, ratio: 0.0144 });
});

test('isAbove: whole numbers of any size are compared exactly', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), (bad, more, parts, of) => {
      const total = bad + more + 1;
      const threshold = { parts: BigInt(parts), of: BigInt(of) + 1n, ratio: 0 };
      assert.equal(
        isAbove(bad, total, threshold),
        BigInt(bad) * threshold.of > BigInt(total) * threshold.parts,
      );
    }),
  );
});
