import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readMinutes } from '../../../alerting/backtest/read-minutes.js';
import { type BurnPolicy, burnPolicy, type PolicyTier } from '../../../alerting/decide/burn-policy.js';
import { judgeBurn } from '../../../alerting/decide/judge-burn.js';
import { type MinuteCounts, runningSums } from '../../../alerting/decide/minute-counts.js';
import type { CurrentSlo } from '../../../alerting/definitions/fold-versions.js';
import { readWindowSums } from '../../../alerting/reading/read-window-sums.js';
import { judgeTiers } from '../../../alerting/tiers/judge-slo.js';
import { detectionMs, resetMs } from '../../../alerting/tiers/tier-maths.js';
import { defaultTenant } from '../../../schemas/access.js';
import { percentText } from '../../../schemas/slo/percent.js';
import { nominalLengthMs, periodText } from '../../../schemas/slo/period.js';
import { SloDefinition } from '../../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Longer than the longest window of all: a seventh of 90 days. */
const stretchMs = 13 * dayMs;
const tailMs = 2 * dayMs;
const perMinute = 1_000_000;
/** One evaluation, and one minute for the counts being by minute. */
const toleranceMs = 2 * minuteMs;

const presets = ['sre-workbook', 'pyrra', 'datadog', 'simple'] as const;
const periodDays = [7, 28, 30, 90];
const objectives = ['90%', '95%', '99%', '99.5%', '99.9%', '99.99%'];
const badPercents = [1, 2, 5, 15, 50, 100];

const startMs = Math.floor((Date.now() - 60 * dayMs) / dayMs) * dayMs;
const faultMs = startMs + stretchMs;
const overMs = faultMs + stretchMs;

/** A clean stretch, a fault of an even share of bad events, and clean again: one series for each share. */
const SERIES = `
  INSERT INTO slo_ledger_1m (tenant, slo, shape, scope, minute, good, total, computed_ms)
  SELECT 'default', 'table', 'shape', toString(percent), toDateTime({startS: UInt32} + number * 60),
    {perMinute: UInt64} - if(number >= {fault: UInt32} AND number < {over: UInt32}, intDiv({perMinute: UInt64} * percent, 100), 0),
    {perMinute: UInt64}, 1
  FROM numbers({minutes: UInt32}) AS n, (SELECT arrayJoin({percents: Array(UInt8)}) AS percent) AS p
  SETTINGS max_partitions_per_insert_block = 1000`;

/** As the ledger knows it. */
const stored: CurrentSlo = {
  tenant: defaultTenant,
  id: 'table',
  shape: 'shape',
  version: 1,
  since: 1,
  source: 'api',
  author: 'test',
  at: new Date(startMs),
  definition: SloDefinition.parse({
    id: 'table',
    title: 'Table',
    per: 'function',
    sli: { kind: 'success' },
    objective: '99.9%',
  }),
};

let opened: Awaited<ReturnType<typeof openMigrated>> | null = null;
const series = new Map<string, MinuteCounts>();
before(async () => {
  opened = await openMigrated();
  await opened.warehouse.command(SERIES, {
    startS: startMs / 1000,
    perMinute,
    fault: stretchMs / minuteMs,
    over: (2 * stretchMs) / minuteMs,
    minutes: (2 * stretchMs + tailMs) / minuteMs,
    percents: badPercents,
  });
  const to = new Date(overMs + tailMs);
  const asked = { ...stored, scope: null, from: new Date(startMs), to, limit: 100, corrections: [] };
  for (const { scope, counts } of await readMinutes(ledger(), asked)) series.set(scope, counts);
});
after(async () => {
  await opened?.close();
});

function ledger(): TenantWarehouse {
  assert.ok(opened !== null);
  return opened.warehouse.forTenant(defaultTenant);
}

type Case = { definition: SloDefinition; policy: BurnPolicy; tier: PolicyTier; percent: number };

function* cases(): Generator<Case> {
  for (const preset of presets)
    for (const days of periodDays)
      for (const objective of objectives) {
        const written = {
          id: 'table',
          title: 'Table',
          sli: { kind: 'success' },
          objective,
          period: `${days}d`,
        };
        const definition = SloDefinition.parse({ ...written, alerting: { preset } });
        const whole = burnPolicy(definition);
        for (const tier of whole.tiers)
          for (const percent of badPercents) {
            yield { definition, policy: { ...whole, tiers: [tier], gate: null }, tier, percent };
            // Just above the threshold it takes longer to be sure: that is what the gate is for.
            if (percent / 100 > 2.01 * tier.threshold.ratio)
              yield { definition, policy: { ...whole, tiers: [tier] }, tier, percent };
          }
      }
}

/** From the closed form: when it must fire and end, after the fault began and ended. Null: never. */
function expected({ definition, tier: { longMs, shortMs, severity }, percent }: Case) {
  const { objective, period } = definition;
  assert.equal(period.kind, 'rolling');
  const periodMs = nominalLengthMs(period);
  const tier = judgeTiers(definition)
    .map((judged) => judged.tier)
    .find((one) => one.longMs === longMs && one.shortMs === shortMs && one.severity === severity);
  assert.ok(tier !== undefined);
  return {
    detection: detectionMs(tier, objective, periodMs, percent / 100),
    reset: resetMs(tier, objective, periodMs, percent / 100),
  };
}

function nameOf({ definition, policy, tier, percent }: Case): string {
  return `${definition.alerting.preset} ${percentText(definition.objective)} over ${periodText(definition.period)}: ${tier.name} ${policy.gate === null ? 'plain' : 'gated'} at ${percent} % bad`;
}

test('every tier of every preset fires and ends within two minutes of the closed form', () => {
  let checked = 0;
  let never = 0;
  const wrong: string[] = [];
  for (const one of cases()) {
    const counts = series.get(String(one.percent));
    assert.ok(counts !== undefined);
    const { sum } = runningSums(counts);
    const standingAt = (atMs: number) => judgeBurn(one.policy, (windowMs) => sum(atMs - windowMs, atMs));
    const isActive = (atMs: number) => {
      const standing = standingAt(atMs);
      return standing.kind === 'judged' && standing.active !== null;
    };
    const isStill = (atMs: number) => {
      const standing = standingAt(atMs);
      return standing.kind === 'judged' && standing.still !== null;
    };
    const { detection, reset } = expected(one);
    checked += 1;
    if (detection === null || reset === null) {
      never += 1;
      for (let atMs = faultMs; atMs <= overMs; atMs += 60 * minuteMs)
        if (isActive(atMs)) wrong.push(`${nameOf(one)} fires`);
      continue;
    }
    const earliestMs = faultMs + Math.floor(detection / minuteMs) * minuteMs;
    // Exactly on the threshold it has not been passed.
    if (isActive(earliestMs)) wrong.push(`${nameOf(one)} fires too early`);
    if (!isActive(Math.floor((faultMs + detection + toleranceMs) / minuteMs) * minuteMs))
      wrong.push(`${nameOf(one)} fires too late`);
    if (!isStill(overMs + Math.floor(reset / minuteMs) * minuteMs - minuteMs))
      wrong.push(`${nameOf(one)} ends too early`);
    if (isStill(Math.floor((overMs + reset + toleranceMs) / minuteMs) * minuteMs))
      wrong.push(`${nameOf(one)} ends too late`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(checked > 2_000 && never > 100 && never < checked / 2, `${checked} cases, ${never} never fire`);
});

test('what the live tick reads is what the table was reckoned with', async () => {
  const counts = series.get('5');
  assert.ok(counts !== undefined);
  const { sum } = runningSums(counts);
  for (const atMs of [
    faultMs + 17 * minuteMs,
    faultMs + 18 * minuteMs,
    faultMs + 7 * 60 * minuteMs,
    overMs + 3 * minuteMs,
  ]) {
    const windows = [5, 30, 60, 360, 4320, 12_960].map((minutes) => minutes * minuteMs);
    const rows = await readWindowSums(ledger(), {
      slos: [stored],
      corrections: [],
      starts: windows.map((windowMs) => new Date(atMs - windowMs)),
      end: new Date(atMs),
      // Hours have not been summed: all is read by minute.
      now: new Date(startMs),
    });
    const found = rows.find(({ scope }) => scope === '5');
    assert.deepEqual(
      found?.sums,
      windows.map((windowMs) => sum(atMs - windowMs, atMs)),
    );
  }
});
