import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { exportOpenSlo } from '../../../alerting/exchange/export-openslo.js';
import { importFiles } from '../../../alerting/exchange/import-files.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import { writeSlo } from '../../../schemas/slo/write-slo.js';

const success = fc.record({
  kind: fc.constant('success'),
  count: fc.constantFrom('attempts', 'requests'),
  coldStarts: fc.constantFrom('included', 'excluded'),
});
const latency = fc.record({
  kind: fc.constant('latency'),
  under: fc.integer({ min: 1, max: 86_400_000 }),
  failed: fc.constantFrom('bad', 'ignored'),
});
const slices = fc.record({
  kind: fc.constant('time-slice'),
  slice: fc.constantFrom('1m', '5m', '30m'),
  atLeast: fc.constantFrom('95%', '99.5%', '0.5'),
  of: fc.oneof(success, latency),
});
const text = fc.constantFrom(
  'Checkout answers',
  "it's: a #title",
  '2022-01-01 12:00:00',
  'yes',
  '007',
  '{{x}} — ü\n b',
);
const written = fc.record(
  {
    id: fc.constantFrom('a', 'checkout-success', `${'x'.repeat(80)}`),
    title: text,
    description: text,
    owner: fc.constantFrom('ann', 'team: x'),
    runbook: fc.constant('https://example.com/a?b=c#d'),
    per: fc.constantFrom('function', 'environment'),
    where: fc.constantFrom({}, { function: ['checkout-*', 'pay'] }, { environment: ['production'] }),
    sli: fc.oneof(success, latency, slices),
    objective: fc.constantFrom('99.9%', '99.95%', '95%', '50%', '99.99999999%'),
    period: fc.constantFrom(
      '30d',
      '36h',
      '7d',
      { calendar: 'week', zone: 'Europe/Berlin' },
      { calendar: 'month', zone: 'Asia/Kolkata' },
      { calendar: 'quarter' },
      { calendar: 'year' },
    ),
    alerting: fc.constantFrom(
      { preset: 'datadog' },
      { preset: 'pyrra' },
      { tiers: [{ budget: '3%', long: '2h', short: '7m', severity: 'page' }] },
    ),
  },
  { requiredKeys: ['id', 'title', 'sli', 'objective'] },
);

test('importing what was exported gives the same objective, and nothing is lost', () => {
  fc.assert(
    fc.property(written, (given) => {
      const parsed = SloDefinition.safeParse(given);
      fc.pre(parsed.success);
      const { object } = exportOpenSlo(parsed.data);
      const { reports, problems } = importFiles([{ name: 'x.yaml', text: stringify(object) }]);
      assert.deepEqual(problems, []);
      const [only] = reports[0]?.slos ?? [];
      // An objective whose own tiers are refused is none here either way.
      fc.pre(!(only?.lost.some((one) => one.startsWith('it cannot be an objective here')) ?? false));
      assert.deepEqual(only, { slo: writeSlo(parsed.data), lost: [] });
    }),
    { numRuns: 300, seed: 20_261_128 },
  );
});

test('exported twice it is the same text, with policies that other tools can read', () => {
  const given = { id: 'a', title: 'A', sli: { kind: 'success' }, objective: '99.9%', period: '30d' };
  const { object, lost } = exportOpenSlo(SloDefinition.parse(given));
  const yaml = stringify(object);
  assert.match(yaml, /apiVersion: openslo\/v1\nkind: SLO/);
  assert.match(yaml, /threshold: 14.4\n\s+lookbackWindow: 1h/);
  assert.match(yaml, /target: 0.999/);
  assert.match(lost.join(), /short windows/);
});
