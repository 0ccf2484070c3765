import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideGate, type GateFacts, type VersionReading } from '../../../alerting/gate/decide-gate.js';
import { fisherTail } from '../../../alerting/gate/fisher.js';
import { rankTest } from '../../../alerting/gate/rank-test.js';

const near = (given: number, expected: number, within: number) =>
  assert.ok(Math.abs(given - expected) <= within * Math.max(expected, 1e-300), `${given} is not ${expected}`);

// Values of R 4.3: fisher.test(matrix(c(bad, good, bad, good), 2), alternative = "greater")$p.value
const published = [
  {
    says: "Fisher's lady tasting tea, three of four right",
    one: { bad: 3, total: 4 },
    other: { bad: 1, total: 4 },
    p: 17 / 70,
  },
  { says: 'all four right', one: { bad: 4, total: 4 }, other: { bad: 0, total: 4 }, p: 1 / 70 },
  { says: 'nothing bad', one: { bad: 0, total: 100 }, other: { bad: 0, total: 100 }, p: 1 },
  { says: 'the better one', one: { bad: 0, total: 4 }, other: { bad: 4, total: 4 }, p: 1 },
  {
    says: 'two of two by chance alone',
    one: { bad: 2, total: 10 },
    other: { bad: 0, total: 10 },
    p: 45 / 190,
  },
];
for (const { says, one, other, p } of published)
  test(`fisherTail: ${says}`, () => near(fisherTail(one, other), p, 1e-10));

test('fisherTail is the sum over all ways to deal out the bad ones, counted in whole numbers', () => {
  const choose = (n: bigint, k: bigint): bigint => {
    if (k < 0n || k > n) return 0n;
    let result = 1n;
    for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
    return result;
  };
  const side = fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([total, share]) => ({ total, bad: Math.round(total * share) }));
  fc.assert(
    fc.property(side, side, (one, other) => {
      const [n, m, k] = [BigInt(one.total), BigInt(other.total), BigInt(one.bad + other.bad)];
      let ways = 0n;
      for (let i = BigInt(one.bad); i <= n && i <= k; i++) ways += choose(n, i) * choose(m, k - i);
      const exact = Number((ways * 10n ** 30n) / choose(n + m, k)) / 1e30;
      assert.ok(Math.abs(fisherTail(one, other) - exact) < 1e-9);
    }),
  );
});

test('fisherTail takes millions of runs, and is the surer the more there are', () => {
  const share = (scale: number) =>
    fisherTail({ bad: 12 * scale, total: 1000 * scale }, { bad: 10 * scale, total: 1000 * scale });
  const seen = [1, 10, 100, 1000].map(share);
  assert.ok(
    seen.every((p, at) => p > 0 && p < 0.5 && (at === 0 || p < (seen[at - 1] ?? 0))),
    seen.join(' '),
  );
  assert.ok(fisherTail({ bad: 500_000, total: 1_000_000 }, { bad: 500_000, total: 1_000_000 }) > 0.49);
});

const spread = (...given: [bucket: number, n: number][]) => new Map(given);
test('rankTest: the same spread is no difference, and which is first decides the side', () => {
  const even = spread([100, 50], [200, 30], [300, 20]);
  assert.equal(rankTest(even, even)?.slowerRatio, 0.5);
  assert.ok((rankTest(even, even)?.p ?? 0) > 0.45);
  const slow = spread([100, 10], [200, 30], [300, 60]);
  const [up, down] = [rankTest(slow, even), rankTest(even, slow)];
  near((up?.slowerRatio ?? 0) + (down?.slowerRatio ?? 0), 1, 1e-12);
  assert.ok((up?.p ?? 1) < 1e-6 && (down?.p ?? 0) > 0.99);
  assert.equal(rankTest(even, new Map()), null);
  assert.equal(rankTest(spread([1, 90]), spread([1, 90]))?.p, 1, 'all in one bucket');
});

test('rankTest: under no difference it cries wolf no more often than it says', () => {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const sample = () => {
    const counts = new Map<number, number>();
    for (let at = 0; at < 60; at++) {
      const bucket = Math.floor(-Math.log(random()) * 20);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    return counts;
  };
  const ps = Array.from({ length: 4000 }, () => rankTest(sample(), sample())?.p ?? 1);
  const share = (level: number) => ps.filter((p) => p < level).length / ps.length;
  assert.ok(share(0.01) < 0.016 && share(0.1) < 0.12 && share(0.1) > 0.08, `${share(0.01)} ${share(0.1)}`);
});

const even = spread([1000, 500], [1100, 300], [1200, 200]);
const slow = spread([1100, 500], [1200, 300], [1300, 200]);
const reading = (bad: number, total: number, latency: VersionReading['latency'] = even): VersionReading => ({
  bad,
  total,
  latency,
});
const compare = (candidate: VersionReading, running: VersionReading): GateFacts['comparison'] => ({
  version: 'v2',
  basis: 'side-by-side',
  candidate,
  running,
});
const calm = { slo: 'checkout', scope: '', burn: 0.4, bad: 3, remainingRatio: 0.8 };

const decisions: readonly { says: string; facts: Partial<GateFacts>; is: 'go' | 'hold'; reason: RegExp }[] = [
  { says: 'calm, and as good as the other', facts: {}, is: 'go', reason: /no more than chance explains/ },
  {
    says: 'a burn above two',
    facts: { readings: [{ ...calm, burn: 2.1 }] },
    is: 'hold',
    reason: /checkout burns 2.1× in the last hour/,
  },
  {
    says: 'a burn of exactly two',
    facts: { readings: [{ ...calm, burn: 2 }] },
    is: 'go',
    reason: /2× is the limit/,
  },
  {
    says: 'one failure in a quiet hour',
    facts: { readings: [{ ...calm, burn: 100, bad: 1 }] },
    is: 'go',
    reason: /1 bad/,
  },
  {
    says: 'a spent budget',
    facts: { readings: [{ ...calm, remainingRatio: 0 }] },
    is: 'hold',
    reason: /budget of checkout is spent/,
  },
  {
    says: 'no events',
    facts: { readings: [{ ...calm, burn: null, remainingRatio: null }] },
    is: 'go',
    reason: /no events in the last hour/,
  },
  {
    says: 'more failures than chance explains',
    facts: { comparison: compare(reading(30, 1000), reading(5, 1000)) },
    is: 'hold',
    reason: /30 of 1000 runs failed, 5 of 1000 of the other; it fails more often/,
  },
  {
    says: 'fewer failures',
    facts: { comparison: compare(reading(0, 1000), reading(30, 1000)) },
    is: 'go',
    reason: /no more than chance/,
  },
  {
    says: 'slower runs',
    facts: { comparison: compare(reading(1, 1000, slow), reading(1, 1000)) },
    is: 'hold',
    reason: /it is slower \(Mann-Whitney/,
  },
  {
    says: 'faster runs',
    facts: { comparison: compare(reading(1, 1000), reading(1, 1000, slow)) },
    is: 'go',
    reason: /Latency side by side/,
  },
  {
    says: 'too few runs',
    facts: { comparison: compare(reading(3, 49), reading(0, 1000)) },
    is: 'go',
    reason: /Too few runs to judge v2 side by side: 49 and 1000.*let through by default/,
  },
  {
    says: 'too few runs, where that holds',
    facts: { comparison: compare(reading(3, 49), reading(0, 1000)), tooFew: 'hold' },
    is: 'hold',
    reason: /held by default/,
  },
  {
    says: 'a version nobody has seen',
    facts: { comparison: 'not-seen', tooFew: 'hold' },
    is: 'hold',
    reason: /has not run so far/,
  },
  {
    says: 'the only version',
    facts: { comparison: 'only-one', tooFew: 'hold' },
    is: 'go',
    reason: /No other version/,
  },
  { says: 'no objective', facts: { readings: [] }, is: 'go', reason: /No objective is about this function/ },
];
for (const { says, facts, is, reason } of decisions)
  test(`decideGate: ${says}: ${is}`, () => {
    const { decision, reasons } = decideGate({
      readings: [calm],
      comparison: compare(reading(5, 1000), reading(5, 1000)),
      tooFew: 'go',
      ...facts,
    });
    assert.equal(decision, is);
    assert.match(reasons.map((one) => one.says).join('\n'), reason);
    assert.equal(
      reasons.some(({ holds }) => holds),
      is === 'hold',
    );
  });

test('a few slow runs among many do not hold: the difference must be one that is felt', () => {
  const many = (bucket: number, aside: number) =>
    spread([bucket, 500_000], [bucket + 1, 400_000 + aside], [bucket + 9, 100_000 - aside]);
  const facts = {
    readings: [],
    comparison: compare(reading(0, 1_000_000, many(1000, 0)), reading(0, 1_000_000, many(1000, 3000))),
    tooFew: 'go',
  } as const;
  assert.equal(decideGate(facts).decision, 'go');
});
