import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CostAnswer } from '../../../schemas/cost/attribution.js';
import { ChangesAnswer } from '../../../schemas/cost/changes.js';
import { billedRun } from '../../../schemas/cost/usage/billed-run.js';
import type { Billing } from '../../../schemas/cost/usage/billing.js';
import { roundUpMs } from '../../../schemas/cost/usage/round-up.js';
import { uniteRuns } from '../../../settle/concurrency/unite-runs.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { openMigrated } from '../../support/open-migrated.js';
import { costApi } from './cost-api.js';

const hourMs = 3_600_000;
const hour = Math.floor(Date.now() / hourMs) * hourMs - 5 * hourMs;
const now = () => new Date(hour + 4 * hourMs);
const window = `from=${new Date(hour).toISOString()}&to=${new Date(hour + 3 * hourMs).toISOString()}`;
const settings = { functions: [{ functions: ['*'], vcpu: '1' }] };

const SQL = `
  INSERT INTO invocations (tenant, function, started_at, duration_ns, init_ns, provider, region, version, customer, instance, billing,
    billed_ms, billed_memory_mb, request_units, span_id, sign)
  SELECT 'default', function, fromUnixTimestamp64Nano(start_ns, 'UTC'), duration_ns, init_ns, provider, 'europe-west1',
    version, customer, instance, billing, billed_ms, 512, 1, toFixedString(leftPad(toString(id), 8, '0'), 8), 1
  FROM format(JSONEachRow, 'function String, start_ns Int64, duration_ns UInt64, init_ns UInt64, provider String, version String,
    customer String, instance String, billing String, billed_ms UInt64, id UInt32', {rows: String})`;

type Run = {
  function: string;
  instance: string;
  startUs: number;
  durationUs: number;
  initUs: number;
  billing: Billing;
};

const providers: Partial<Record<Billing, string>> = {
  'gcp-run': 'gcp',
  'azure-flex': 'azure',
  'vercel-fluid': 'vercel',
};
let warehouse: Warehouse;
let close: () => Promise<void>;
let ids = 0;
before(async () => {
  ({ warehouse, close } = await openMigrated());
});
after(() => close());

async function store(runs: readonly Run[]): Promise<void> {
  const rows = runs.map(({ startUs, durationUs, initUs, ...run }) => {
    ids += 1;
    const facts = {
      startedMs: hour,
      durationNs: durationUs * 1000,
      initNs: initUs * 1000,
      memoryMb: 512,
      memoryUsedMb: 512,
    };
    const none = { cpuUs: null, isAsync: false, payloadBytes: null, isRefused: false, hadFreeInit: false };
    const { billedMs } = billedRun(run.billing, { ...facts, ...none });
    return JSON.stringify({
      ...run,
      start_ns: String(BigInt(hour) * 1_000_000n + BigInt(startUs) * 1000n),
      duration_ns: durationUs * 1000,
      init_ns: initUs * 1000,
      provider: providers[run.billing] ?? '',
      version: String(1 + (ids % 2)),
      customer: ids % 3 === 0 ? 'acme' : '',
      billed_ms: billedMs,
      id: ids,
    });
  });
  await warehouse.command(SQL, { rows: rows.join('\n') });
}

const unite = () =>
  uniteRuns(
    warehouse,
    { fromMs: 0, toMs: Date.now() + hourMs, nowMs: Date.now() },
    new AbortController().signal,
  );

const steps: Partial<Record<Billing, [number, number]>> = { 'gcp-run': [100, 0], 'azure-flex': [100, 1000] };

/** Stretches of time in which an instance served at least one run, each rounded as its provider does. */
function unitedMs(runs: readonly Run[]): number {
  let total = 0;
  for (const instance of new Set(runs.map((run) => run.instance))) {
    const spans = runs
      .filter((run) => run.instance === instance)
      .map(({ startUs, durationUs, initUs, billing }) => ({
        from: startUs - (billing === 'gcp-run' ? initUs : 0),
        to: startUs + durationUs,
      }))
      .sort((a, b) => a.from - b.from);
    const stretches: { from: number; to: number }[] = [];
    for (const span of spans) {
      const last = stretches.at(-1);
      if (last === undefined || span.from >= last.to) stretches.push({ ...span });
      else last.to = Math.max(last.to, span.to);
    }
    const [step, least] = steps[runs[0]?.billing ?? 'gcp-run'] ?? [1, 0];
    for (const { from, to } of stretches) total += roundUpMs((to - from) * 1000, step, least);
  }
  return total;
}

/** Billed time as the cost of each function says it, in milliseconds. */
async function billedMs(groupBy = 'function'): Promise<Map<string, number>> {
  const { get } = await costApi(warehouse, now, settings);
  const { rows, totalUsd } = await get(`cost?${window}&groupBy=${groupBy}`, CostAnswer);
  const found = new Map<string, number>();
  for (const { labels, lines } of rows)
    for (const { dimension, quantity } of lines) {
      if (!/memory|execution-time/.test(dimension)) continue;
      const perMs = ['memory', 'provisioned-memory'].includes(dimension) ? 7_200_000 : 2000;
      const name = labels['function'] ?? '';
      found.set(name, (found.get(name) ?? 0) + Math.round(Number(quantity) * perMs));
    }
  assert.ok(totalUsd !== '');
  return found;
}

/** Pseudo-random, so that a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const billings: readonly Billing[] = ['gcp-run', 'azure-flex', 'vercel-fluid', 'self-hosted'];
function runsOf(name: string, billing: Billing, seed: number, firstUs: number): Run[] {
  const next = numbers(seed);
  return Array.from({ length: 2 + next(30) }, () => ({
    function: name,
    billing,
    instance: `i${next(3)}`,
    startUs: firstUs + next(20_000_000),
    durationUs: 1 + next(3_000_000),
    initUs: next(4) === 0 ? next(800_000) : 0,
  }));
}

test('runs at once on an instance are billed as the time it served any of them, by every such rule', async () => {
  const within = billings.flatMap((billing, rule) =>
    Array.from({ length: 6 }, (_, index) =>
      runsOf(`${billing}-${index}`, billing, rule * 100 + index + 1, 60_000_000),
    ),
  );
  const across = billings.map((billing, rule) =>
    runsOf(`${billing}-across`, billing, 900 + rule, 3_590_000_000),
  );
  await store([...within, ...across].flat());
  await unite();
  const found = await billedMs();
  for (const runs of within)
    assert.equal(found.get(runs[0]?.function ?? ''), unitedMs(runs), runs[0]?.function);
  // Where a stretch is in two hours, each instance may be rounded once more.
  for (const runs of across) {
    const off = Math.abs((found.get(runs[0]?.function ?? '') ?? 0) - unitedMs(runs));
    assert.ok(off <= 300, `${runs[0]?.function}: ${off} ms`);
  }
});

test('any split adds up to the same, what customers and versions share included', async () => {
  const whole = await billedMs();
  for (const groupBy of ['function,version', 'function,customer', 'function,day,cold'])
    assert.deepEqual([...(await billedMs(groupBy))].sort(), [...whole].sort(), groupBy);
  const { get } = await costApi(warehouse, now, settings);
  const cost = await get(`cost?${window}&groupBy=function`, CostAnswer);
  const changes = await get(`cost/changes?${window}`, ChangesAnswer);
  assert.equal(changes.total.afterUsd, cost.totalUsd);
});

test('a run that comes late, or apart from the others, changes the hour it belongs to', async () => {
  const base = { function: 'late', billing: 'gcp-run', instance: 'a', initUs: 0 } as const;
  const early = [
    { ...base, startUs: 0, durationUs: 1_000_000 },
    { ...base, startUs: 500_000, durationUs: 1_000_000 },
  ];
  await store(early);
  assert.equal((await billedMs()).get('late'), 2000);
  await unite();
  assert.equal((await billedMs()).get('late'), 1500);
  const more = [
    { ...base, startUs: 100_000, durationUs: 50_000 },
    { ...base, instance: 'b', startUs: 100_000, durationUs: 50_000 },
    { ...base, instance: '', startUs: 100_000, durationUs: 50_000 },
  ];
  await store(more);
  await unite();
  assert.equal((await billedMs()).get('late'), 1500 + 100 + 100);
});
