import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  detectionMs,
  factorOf,
  resetMs,
  thresholdRatio,
  timeToEmptyMs,
} from '../../../alerting/tiers/tier-maths.js';
import { parseShare, type Share } from '../../../schemas/slo/percent.js';
import { type PresetName, presetTiers } from '../../../schemas/slo/presets.js';
import type { Tier } from '../../../schemas/slo/tier.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function share(text: string): Share {
  const parsed = parseShare(text);
  assert.ok(parsed !== null);
  return parsed;
}

/** Factors as their sources state them. */
const factors: { preset: PresetName; days: number; expected: number[] }[] = [
  { preset: 'sre-workbook', days: 30, expected: [14.4, 6, 1] },
  { preset: 'pyrra', days: 28, expected: [14, 7, 2, 1] },
  { preset: 'datadog', days: 7, expected: [16.8, 5.6, 2.8] },
  { preset: 'datadog', days: 30, expected: [14.4, 6, 3] },
  { preset: 'datadog', days: 90, expected: [21.6, 10.8, 4.5] },
  { preset: 'simple', days: 30, expected: [4, 4, 4, 2, 2, 2] },
];
for (const { preset, days, expected } of factors) {
  test(`factors: ${preset} over ${days} days, exactly`, () => {
    const found = presetTiers(preset, days * dayMs).map((tier) => factorOf(tier, days * dayMs));
    assert.deepEqual(found, expected);
  });
}

test('factors: a scaled preset keeps them, to the minute its windows are rounded to', () => {
  for (const preset of ['sre-workbook', 'pyrra', 'simple'] as const) {
    for (const days of [7, 14, 28, 30, 90, 365]) {
      const wanted = presetTiers(preset, preset === 'pyrra' ? 28 * dayMs : 30 * dayMs).map((tier) =>
        factorOf(tier, preset === 'pyrra' ? 28 * dayMs : 30 * dayMs),
      );
      const found = presetTiers(preset, days * dayMs).map((tier) => factorOf(tier, days * dayMs));
      for (const [at, factor] of found.entries())
        assert.ok(Math.abs(factor / (wanted[at] ?? 0) - 1) < 0.04, `${preset} ${days}d: ${factor}`);
    }
  }
});

/** Google SRE Workbook's approach 6 at 99.9 % over 30 days: detection at shares of bad events, reset after an outage. */
const workbook: { tier: number; badRatio: number; detectS: number; resetS: number }[] = [
  { tier: 0, badRatio: 1, detectS: 51.84, resetS: 295.68 },
  { tier: 0, badRatio: 0.15, detectS: 345.6, resetS: 271.2 },
  { tier: 0, badRatio: 0.05, detectS: 1036.8, resetS: 213.6 },
  { tier: 1, badRatio: 1, detectS: 129.6, resetS: 1789.2 },
  { tier: 1, badRatio: 0.02, detectS: 6480, resetS: 1260 },
  { tier: 2, badRatio: 1, detectS: 259.2, resetS: 21578.4 },
];
for (const { tier: at, badRatio, detectS, resetS } of workbook) {
  test(`detection: tier ${at + 1} at ${badRatio * 100} % bad after ${detectS} s`, () => {
    const tier = presetTiers('sre-workbook', 30 * dayMs)[at];
    assert.ok(tier !== undefined);
    const objective = share('99.9%');
    assert.ok(Math.abs((detectionMs(tier, objective, 30 * dayMs, badRatio) ?? 0) - detectS * 1000) < 1e-3);
    assert.ok(Math.abs((resetMs(tier, objective, 30 * dayMs, badRatio) ?? 0) - resetS * 1000) < 1e-3);
  });
}

test('detection: a fault at or below the threshold is never found', () => {
  const tier: Tier = { budget: share('2%'), longMs: hourMs, shortMs: 5 * minuteMs, severity: 'page' };
  const objective = share('99.9%');
  const threshold = thresholdRatio(tier, objective, 30 * dayMs);
  assert.equal(threshold, 0.0144);
  assert.equal(detectionMs(tier, objective, 30 * dayMs, threshold), null);
  assert.equal(resetMs(tier, objective, 30 * dayMs, threshold), null);
});

test('detection: the worse the fault, the sooner; what is found has spent the stated share of the budget', () => {
  const ratios = fc.tuple(
    fc.double({ min: 0.02, max: 1, noNaN: true }),
    fc.double({ min: 0.02, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(ratios, ([one, other]) => {
      const tier: Tier = { budget: share('2%'), longMs: hourMs, shortMs: 5 * minuteMs, severity: 'page' };
      const objective = share('99.9%');
      const soon = detectionMs(tier, objective, 30 * dayMs, Math.max(one, other)) ?? Number.POSITIVE_INFINITY;
      const late = detectionMs(tier, objective, 30 * dayMs, Math.min(one, other)) ?? Number.POSITIVE_INFINITY;
      assert.ok(soon <= late);
      const emptyMs = timeToEmptyMs(objective, 30 * dayMs, one) ?? 0;
      const foundMs = detectionMs(tier, objective, 30 * dayMs, one) ?? 0;
      assert.ok(Math.abs(foundMs / emptyMs - 0.02) < 1e-9);
    }),
  );
});
