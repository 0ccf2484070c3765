import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { burnPolicy, type PolicyTier } from '../alerting/decide/burn-policy.js';
import { judgeBurn } from '../alerting/decide/judge-burn.js';
import { type MinuteCounts, runningSums } from '../alerting/decide/minute-counts.js';
import { SloDefinition } from '../schemas/slo/slo-definition.js';
import { seeded, traffic } from './noise/traffic.js';

type Row = { measure: string; value: number; unit: string };

const minuteMs = 60_000;
const minutes = 8 * 60;
const fault = { fromMinute: 6 * 60, toMinute: 6 * 60 + 40, badRatio: 0.1 };

const policy = burnPolicy(
  SloDefinition.parse({
    id: 'promtool',
    title: 'Promtool',
    sli: { kind: 'success' },
    objective: '99.9%',
    alerting: { preset: 'sre-workbook', lowTraffic: 'plain' },
  }),
);

/**
 * Writes bench/results/promtool/: the page tiers as Prometheus rules, the counts of eight hours as series, and at every tenth
 * minute and every change what we say. `promtool test rules test.yml` (Prometheus 3, where a range leaves out its first
 * instant) passes when both agree.
 */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = join('bench', 'results', 'promtool');
  mkdirSync(directory, { recursive: true });
  const tiers = policy.tiers.filter(
    ({ severity, longMs }) => severity === 'page' && longMs <= minutes * minuteMs,
  );
  const counts = traffic(minutes, () => 6_000, 0.0002, fault, seeded(42));
  writeFileSync(join(directory, 'rules.yml'), rulesOf(tiers));
  const firing = new Map(tiers.map((tier) => [tier.name, firingMinutes(tier, counts)]));
  writeFileSync(join(directory, 'test.yml'), testOf(counts, firing));
  return {
    rows: [...firing].map(([name, on]) => ({
      measure: `${name}: minutes firing`,
      value: on.size,
      unit: 'minutes',
    })),
  };
}

function rulesOf(tiers: readonly PolicyTier[]): string {
  const ratio = (windowMs: number) => {
    const range = `${windowMs / minuteMs}m`;
    return `sum_over_time(bad[${range}]) / sum_over_time(total[${range}])`;
  };
  const rules = tiers.map(({ name, longMs, shortMs, threshold }) =>
    [
      `      - alert: "${name}"`,
      `        expr: ${ratio(longMs)} > ${threshold.ratio} and ${ratio(shortMs)} > ${threshold.ratio}`,
    ].join('\n'),
  );
  return `groups:\n  - name: burn\n    interval: 1m\n    rules:\n${rules.join('\n')}\n`;
}

function firingMinutes(tier: PolicyTier, counts: MinuteCounts): Set<number> {
  const { sum } = runningSums(counts);
  const on = new Set<number>();
  for (let minute = 1; minute <= minutes; minute++) {
    const atMs = minute * minuteMs;
    const standing = judgeBurn({ ...policy, tiers: [tier] }, (windowMs) => sum(atMs - windowMs, atMs));
    if (standing.kind === 'judged' && standing.active !== null) on.add(minute);
  }
  return on;
}

/** A minute's counts are a sample at its end, so the first sample, at 0, is of nothing. */
function testOf({ good, total }: MinuteCounts, firing: ReadonlyMap<string, ReadonlySet<number>>): string {
  const values = (of: (minute: number) => number) =>
    ['0', ...Array.from({ length: minutes }, (_, minute) => String(of(minute)))].join(' ');
  const checks = [...firing].flatMap(([name, on]) =>
    Array.from({ length: minutes }, (_, index) => index + 1)
      .filter((minute) => minute % 10 === 0 || on.has(minute) !== on.has(minute - 1))
      .map((minute) => {
        const expected = on.has(minute) ? '\n          - {}' : ' []';
        return `      - eval_time: ${minute}m\n        alertname: "${name}"\n        exp_alerts:${expected}`;
      }),
  );
  return [
    'rule_files: [rules.yml]',
    'evaluation_interval: 1m',
    'tests:',
    '  - interval: 1m',
    '    input_series:',
    '      - series: bad',
    `        values: "${values((minute) => (total[minute] ?? 0) - (good[minute] ?? 0))}"`,
    '      - series: total',
    `        values: "${values((minute) => total[minute] ?? 0)}"`,
    '    alert_rule_test:',
    ...checks,
    '',
  ].join('\n');
}
