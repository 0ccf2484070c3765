import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coveredBy, tierProblems } from '../../../alerting/tiers/tier-problems.js';
import { parseShare, type Share } from '../../../schemas/slo/percent.js';
import { presetTiers } from '../../../schemas/slo/presets.js';
import type { Tier } from '../../../schemas/slo/tier.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function share(text: string): Share {
  const parsed = parseShare(text);
  assert.ok(parsed !== null);
  return parsed;
}

const usual: Tier = { budget: share('2%'), longMs: hourMs, shortMs: 5 * minuteMs, severity: 'page' };
const cases: { name: string; tier?: Partial<Tier>; objective?: string; kinds: string[]; says: RegExp }[] = [
  { name: 'the usual has no fault', kinds: [], says: /^$/ },
  { name: 'no budget', objective: '100%', kinds: ['refused'], says: /no budget that could burn/ },
  {
    name: 'never fires',
    objective: '93%',
    kinds: ['refused'],
    says: /14\.4 times a budget of 7 % is 100\.8 % bad events/,
  },
  {
    name: 'below the even spend',
    tier: { budget: share('0.1%') },
    kinds: ['warned'],
    says: /factor 0\.72 is below 1/,
  },
  {
    name: 'short window not shorter',
    tier: { shortMs: hourMs },
    kinds: ['refused'],
    says: /short window \(1h\) must be shorter/,
  },
  {
    name: 'window beyond the period',
    tier: { longMs: 31 * dayMs, budget: share('100%') },
    kinds: ['warned', 'refused'],
    says: /longer than the period of 30d/,
  },
  {
    name: 'short window under the delay',
    tier: { shortMs: minuteMs },
    kinds: ['warned'],
    says: /may take to arrive/,
  },
];
for (const { name, tier, objective = '99.9%', kinds, says } of cases) {
  test(`tier: ${name}`, () => {
    const problems = tierProblems(
      { ...usual, ...tier },
      { objective: share(objective), periodMs: 30 * dayMs, delayMs: minuteMs, isPreset: false },
    );
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      kinds,
    );
    assert.match(problems.map((problem) => problem.says).join(' '), says);
  });
}

test('tier: one of a preset that could never fire is left out and not refused', () => {
  const setting = { objective: share('90%'), periodMs: 30 * dayMs, delayMs: minuteMs, isPreset: true };
  const [problem] = tierProblems(usual, setting);
  assert.equal(problem?.kind, 'warned');
});

test('tier: the presets hold no tier that another covers', () => {
  for (const preset of ['sre-workbook', 'pyrra', 'datadog'] as const)
    assert.deepEqual(coveredBy(presetTiers(preset, 30 * dayMs), 30 * dayMs), []);
});
