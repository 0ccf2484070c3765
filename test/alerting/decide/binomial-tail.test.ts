import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binomialTail, isBeyondChance } from '../../../alerting/decide/binomial-tail.js';

/** P(X ≥ k) in whole numbers: p is parts/of, so every term is a fraction over of^n. */
function exactTail(k: number, n: number, parts: bigint, of: bigint): number {
  let choose = 1n;
  let sum = 0n;
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += choose * parts ** BigInt(i) * (of - parts) ** BigInt(n - i);
    choose = (choose * BigInt(n - i)) / BigInt(i + 1);
  }
  return ratio(sum, of ** BigInt(n));
}

/** The nearest double to a fraction of numbers far too large for one. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const digits = (value: bigint) => value.toString(2).length;
  const shift = BigInt(Math.max(0, digits(denominator) - digits(numerator) + 60));
  return Number((numerator << shift) / denominator) * 2 ** -Number(shift);
}

const close = (given: number, exact: number) => Math.abs(given - exact) <= 1e-11 * Math.max(exact, 1e-300);

test('the tail is that of exact arithmetic, for any numbers and shares', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.nat(400),
      fc.integer({ min: 1, max: 9_999 }),
      (n, k, parts) => {
        const exact = exactTail(Math.min(k, n), n, BigInt(parts), 10_000n);
        const given = binomialTail(Math.min(k, n), n, parts / 10_000);
        // Below the mean the tail is one less its rest, so its error is that of one.
        const isUpper = Math.min(k, n) > (n * parts) / 10_000;
        assert.ok(
          isUpper ? close(given, exact) : Math.abs(given - exact) < 1e-11,
          `${given} is not ${exact}`,
        );
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

const knownTails = [
  { name: 'one of one at 1.44 %', k: 1, n: 1, p: 0.0144, tail: 0.0144 },
  {
    name: 'two of ten at 1.44 %',
    k: 2,
    n: 10,
    p: 0.0144,
    tail: 1 - 0.9856 ** 10 - 10 * 0.0144 * 0.9856 ** 9,
  },
  { name: 'none is certain', k: 0, n: 10, p: 0.1, tail: 1 },
  { name: 'more than there are never', k: 11, n: 10, p: 0.1, tail: 0 },
  { name: 'all of many', k: 1_000_000, n: 1_000_000, p: 0.999_999, tail: Math.exp(1e6 * Math.log1p(-1e-6)) },
] as const;
for (const { name, k, n, p, tail } of knownTails)
  test(`the tail: ${name}`, () => {
    const given = binomialTail(k, n, p);
    assert.ok(Math.abs(given - tail) <= 1e-5 * tail, `${given} is not ${tail}`);
  });

test('a billion events neither overflow nor take long', () => {
  const startedMs = performance.now();
  // Half a standard deviation above the mean: Φ(-0.5) = 0.3085.
  const deviation = Math.sqrt(1e9 * 0.0144 * 0.9856);
  const tail = binomialTail(Math.round(1e9 * 0.0144 + deviation / 2), 1e9, 0.0144);
  assert.ok(Math.abs(tail - 0.308_5) < 1e-3, String(tail));
  assert.ok(performance.now() - startedMs < 500);
});

test('the verdict is that of the tail, though most are found without it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.nat(2_000),
      fc.double({ min: 1e-6, max: 0.999, noNaN: true }),
      (n, k, p) => {
        const bad = Math.min(k, n);
        assert.equal(isBeyondChance(bad, n, p, 0.01), bad > n * p && binomialTail(bad, n, p) < 0.01);
      },
    ),
    { numRuns: 2_000, seed: 8 },
  );
});
