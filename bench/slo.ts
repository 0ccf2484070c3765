import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { burnWindows } from '../alerting/budget/budget.js';
import type { Correction } from '../alerting/corrections/correction.js';
import { makeCorrection } from '../alerting/corrections/fold-corrections.js';
import { type CurrentSlo, foldVersions } from '../alerting/definitions/fold-versions.js';
import { readAllVersions } from '../alerting/definitions/read-versions.js';
import { createLedgerJob } from '../alerting/ledger/ledger-job.js';
import { sumDays } from '../alerting/ledger/sum-days.js';
import { sumHours } from '../alerting/ledger/sum-hours.js';
import { readBudgets } from '../alerting/reading/read-budgets.js';
import { readWhatIf } from '../alerting/reading/read-what-if.js';
import { readWindowSums } from '../alerting/reading/read-window-sums.js';
import { defaultTenant } from '../schemas/access.js';
import { SloDefinition } from '../schemas/slo/slo-definition.js';
import { shapeOf, writeSlo } from '../schemas/slo/write-slo.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { askCollectorWay, fillCollectorWay } from './slo/collector-way.js';

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
    // Days that are over lie merged; of the day in progress there are some parts, one for each minute written last.
    for (const table of ['slo_ledger_1d', 'slo_ledger_1h', 'slo_ledger_1m'])
      await warehouse.command(`OPTIMIZE TABLE ${table} FINAL`, {}, seeding);
    for (let ago = 0; ago < 8; ago++)
      await warehouse.command(
        minutesSql,
        { prefix: '', minutes: 1, untilS: last.untilS - ago * 60 },
        seeding,
      );
    const { current } = foldVersions(await readAllVersions(warehouse));
    const one = current.find(({ id }) => id === 'f1-s0');
    if (one === undefined) throw new Error('The objective f1-s0 is missing');
    const budgets = (slos: readonly CurrentSlo[]) =>
      readBudgets(warehouse.forTenant(defaultTenant), slos, new Date(), new Date());
    const corrected = (slos: readonly CurrentSlo[]) =>
      readWindowSums(warehouse.forTenant(defaultTenant), {
        slos,
        starts: [
          new Date(at.getTime() - 90 * dayMs),
          ...burnWindows(one.definition).map((ms) => new Date(at.getTime() - ms)),
        ],
        end: at,
        now: at,
        corrections: [weekly(at)],
      });
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
      ...(await timesOf('budgets: all windows of 10,000 objectives', 3, () => budgets(current))),
      ...(await timesOf('the same, with a window each week left out of all', 3, () => corrected(current))),
      ...(await timesOf('budget of one objective over 90 days', 9, () => budgets([one]))),
      ...(await timesOf('what if, 30 days', 9, () => readWhatIf(warehouse.forTenant(defaultTenant), asked))),
      ...(await againstCollector(warehouse, at)),
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

/** On a machine that others use too, CPU seconds say more than time does. */
async function timesOf(measure: string, times: number, work: () => Promise<unknown>): Promise<Row[]> {
  const cpu: number[] = [];
  const value = await medianMs(times, async () => {
    const before = process.cpuUsage();
    const startedMs = performance.now();
    await work();
    const wallMs = performance.now() - startedMs;
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    return wallMs;
  });
  const median = cpu.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
  return [
    { measure, value, unit: 'ms' },
    { measure: `${measure}: CPU`, value: median, unit: 'ms' },
  ];
}

function weekly(at: Date): Correction {
  const from = new Date(Math.floor(at.getTime() / 60_000) * 60_000 - 84 * dayMs);
  const given = {
    from,
    to: new Date(from.getTime() + 100 * 60_000),
    rrule: 'FREQ=WEEKLY',
    reason: 'r',
    author: 'a',
  };
  const made = makeCorrection('weekly', given, at);
  if (made.kind === 'refused') throw new Error(made.reason);
  return made.correction;
}

/** Twelve million runs of ten functions over 30 days, in the Collector's table and in the ledger; the same sums come out. */
async function againstCollector(warehouse: Warehouse, at: Date): Promise<Row[]> {
  const definition = SloDefinition.parse({
    id: 'raw-f1',
    title: 'R',
    sli: { kind: 'success' },
    objective: '99.9%',
  });
  const shape = shapeOf(definition);
  const told = { version: 1, source: 'api', author: 'bench', at, since: 1 } as const;
  const slo: CurrentSlo = { ...told, tenant: defaultTenant, id: definition.id, definition, shape };
  const endS = Math.floor(at.getTime() / 60_000) * 60;
  await fillCollectorWay(warehouse, { untilS: endS, functions: 10, runs: 12_000_000, everyMs: 216, shape });
  const slos = Array.from({ length: 10 }, (_, index) => `raw-f${index}`);
  const sums = {
    tenant: defaultTenant,
    slos,
    from: new Date(at.getTime() - 32 * dayMs),
    to: new Date(endS * 1000),
  };
  await sumHours(warehouse, sums, 2);
  await sumDays(warehouse, sums, 2);
  const startsS = [30 * dayMs, ...burnWindows(definition)].map((ms) => endS - ms / 1000);
  const starts = startsS.map((atS) => new Date(atS * 1000));
  const end = new Date(endS * 1000);
  const ours = () =>
    readWindowSums(warehouse.forTenant(defaultTenant), {
      slos: [slo],
      starts,
      end,
      now: at,
      corrections: [],
    });
  const theirs = () => askCollectorWay(warehouse, { function: 'f1', startsS, endS });
  const same = isDeepStrictEqual((await ours())[0]?.sums, (await theirs()).sums);
  if (!same) throw new Error('The ledger and the raw rows disagree');
  return [
    ...(await timesOf('all windows of one objective, 30 days: ledger', 9, ours)),
    ...(await timesOf('the same of raw rows, Collector schema, 1.2 M runs', 5, theirs)),
  ];
}

async function medianMs(times: number, measure: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) taken.push(await measure());
  return taken.sort((one, other) => one - other)[Math.floor(times / 2)] ?? 0;
}
