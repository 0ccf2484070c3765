import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { type CurrentSlo, foldVersions } from '../alerting/definitions/fold-versions.js';
import { readAllVersions } from '../alerting/definitions/read-versions.js';
import { createLedgerJob } from '../alerting/ledger/ledger-job.js';
import { readBudgets } from '../alerting/reading/read-budgets.js';
import { readWhatIf } from '../alerting/reading/read-what-if.js';
import { defaultTenant } from '../schemas/access.js';
import { SloDefinition } from '../schemas/slo/slo-definition.js';
import { writeSlo } from '../schemas/slo/write-slo.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';

type Row = { measure: string; value: number; unit: string };

const functions = 1_000;
const perFunction = 10;
/** Millions of rows are made before anything is measured. */
const seeding = { timeoutMs: 300_000 };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const definitionsSql = `
  INSERT INTO slo_versions (tenant, slo, version, event, definition, source, author, at)
  SELECT 'default', slo, 1, 'put', replaceAll({definition: String}, 'FUNCTION', concat('f', toString(number))), 'api', 'bench', now64(3)
  FROM (SELECT number, replaceAll({slo: String}, 'FUNCTION', concat('f', toString(number))) AS slo FROM numbers({functions: UInt64}))`;

const runsSql = `
  INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, span_id)
  SELECT 'default', 'prod', concat('f', toString(number % {functions: UInt64})), {at: DateTime64(3, 'UTC')},
    1000000 + cityHash64(number) % 1000000000, if(number % 100 = 0, 'error', 'ok'), 'aws', reinterpretAsFixedString(cityHash64(number))
  FROM numbers({rows: UInt64})`;

const seriesSql = `SELECT DISTINCT tenant, slo, shape, scope FROM slo_ledger_1m WHERE startsWith(slo, {prefix: String})`;

const hoursSql = `
  INSERT INTO slo_ledger_1h (tenant, slo, shape, scope, hour, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, toDateTime({untilS: UInt32}) - toIntervalHour(1 + number), 6000 - cityHash64(slo, number) % 7, 6000, 1
  FROM (${seriesSql}) AS s, numbers({hours: UInt64}) AS n`;

const daysSql = `
  INSERT INTO slo_ledger_1d (tenant, slo, shape, scope, day, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, toStartOfDay(hour) AS day, sum(good), sum(total), 1
  FROM slo_ledger_1h GROUP BY tenant, slo, shape, scope, day`;

const minutesSql = `
  INSERT INTO slo_ledger_1m (tenant, slo, shape, scope, minute, good, total, computed_ms)
  SELECT tenant, slo, shape, scope, toDateTime({untilS: UInt32}) - toIntervalMinute(1 + number), 100 - (cityHash64(slo, number) % 50 = 0), 100, 1
  FROM (${seriesSql}) AS s, numbers({minutes: UInt64}) AS n`;

const bytesSql = `
  SELECT table, toFloat64(sum(data_compressed_bytes)) / toFloat64(sum(rows)) AS bytes FROM system.parts
  WHERE active AND database = 'coldburn' AND table IN ('slo_ledger_1m', 'slo_ledger_1h', 'slo_ledger_1d') GROUP BY table ORDER BY table`;

/** The ledger with ten thousand objectives: one minute of work, and what budgets cost to read. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  try {
    await makeObjectives(warehouse);
    const job = createLedgerJob({
      warehouse,
      directory,
      newId: randomUUID,
      mayWrite: async () => {},
      keptMs: () => 95 * dayMs,
      queues: { metrics: [], deadLetter: [] },
    });
    const signal = new AbortController().signal;
    const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 5 * 60_000);
    await warehouse.command(runsSql, { functions, rows: 5 * functions, at });
    while (await job.tick(signal));
    const minute = await medianMs(5, async () => {
      await warehouse.command(runsSql, { functions, rows: 5 * functions, at });
      const startedMs = performance.now();
      await job.tick(signal);
      return performance.now() - startedMs;
    });
    const hour = (ms: number) => Math.floor(ms / hourMs) * 3600;
    await warehouse.command(hoursSql, { prefix: '', hours: 90 * 24, untilS: hour(at.getTime()) }, seeding);
    await warehouse.command(daysSql, {}, seeding);
    // By minute all objectives have the last hours and those that a window begins in, ten of them all 90 days: with hours
    // first in the key, minutes of other hours are not touched.
    const last = { prefix: '', minutes: 8 * 60, untilS: Math.floor(at.getTime() / 60_000) * 60 };
    await warehouse.command(minutesSql, last, seeding);
    const begins = new Set([90 * dayMs, 9 * dayMs, 18 * hourMs].map((ms) => hour(at.getTime() - ms) + 3600));
    for (const untilS of begins)
      await warehouse.command(minutesSql, { prefix: '', minutes: 60, untilS }, seeding);
    await warehouse.command(minutesSql, { ...last, prefix: 'f1-s', minutes: 90 * 1440 }, seeding);
    const { current } = foldVersions(await readAllVersions(warehouse));
    const one = current.find(({ id }) => id === 'f1-s0');
    if (one === undefined) throw new Error('The objective f1-s0 is missing');
    const budgets = (slos: readonly CurrentSlo[]) =>
      timedMs(() => readBudgets(warehouse.forTenant(defaultTenant), slos, new Date(), new Date()));
    const to = new Date();
    const asked = {
      slo: one,
      corrections: [],
      objective: { parts: 995n, of: 1000n },
      underMs: null,
      scope: null,
      from: new Date(to.getTime() - 30 * dayMs),
      to,
    };
    const rows = [
      { measure: 'ledger: one minute of 10,000 objectives', value: minute, unit: 'ms' },
      {
        measure: 'budgets: all windows of 10,000 objectives',
        value: await medianMs(3, () => budgets(current)),
        unit: 'ms',
      },
      {
        measure: 'budget of one objective over 90 days',
        value: await medianMs(9, () => budgets([one])),
        unit: 'ms',
      },
      {
        measure: 'what if, 30 days',
        value: await medianMs(9, () => timedMs(() => readWhatIf(warehouse.forTenant(defaultTenant), asked))),
        unit: 'ms',
      },
    ];
    const Bytes = z.object({ table: z.string(), bytes: z.number() });
    for (const { table, bytes } of await warehouse.query(bytesSql, {}, Bytes))
      rows.push({ measure: `${table}: on disk`, value: bytes, unit: 'bytes a row' });
    return { rows };
  } finally {
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function makeObjectives(warehouse: Warehouse): Promise<void> {
  for (let index = 0; index < perFunction; index++) {
    const sli = index % 2 === 0 ? { kind: 'success' } : { kind: 'latency', under: `${index * 100}ms` };
    const written = {
      id: 'x',
      title: 'Bench',
      where: { function: 'FUNCTION' },
      sli,
      objective: '99.9%',
      period: '90d',
    };
    const definition = JSON.stringify(writeSlo(SloDefinition.parse(written))).replace(
      '"x"',
      `"FUNCTION-s${index}"`,
    );
    await warehouse.command(definitionsSql, { slo: `FUNCTION-s${index}`, definition, functions });
  }
}

async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

async function medianMs(times: number, measure: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) taken.push(await measure());
  return taken.sort((one, other) => one - other)[Math.floor(times / 2)] ?? 0;
}
