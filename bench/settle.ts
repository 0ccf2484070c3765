import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { createSettler } from '../settle/settler.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';

type Row = { measure: string; value: number; unit: string };

const runsSql = `
  INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, outcome, provider, region, version,
    memory_bytes, invocation_id, trace_id, span_id, received_at)
  SELECT 'default', 'prod', concat({name: String}, toString(number % 40)), now64(9) - toIntervalMicrosecond(number * 100),
    1000000 + cityHash64(number) % 100000000, if(number % 100 = 0, 'error', 'ok'), 'aws', 'eu-central-1', '7', 536870912,
    toString(generateUUIDv4(number)), unhex(leftPad(hex(cityHash64(number)), 32, '0')), reinterpretAsFixedString(cityHash64(number, {name: String})), now64(3)
  FROM numbers({rows: UInt64})`;

const reportsSql = `
  INSERT INTO platform_reports (tenant, environment, function, at, invocation_id, outcome, duration_ns, billed_ms,
    memory_bytes, memory_used_bytes, provider, received_at)
  SELECT tenant, environment, function, started_at + toIntervalNanosecond(duration_ns + 1000000), invocation_id, outcome,
    duration_ns, intDiv(duration_ns, 1000000) + 1, memory_bytes, 100000000, provider, now64(3)
  FROM invocations WHERE startsWith(function, {name: String})`;

const lonelySql = `
  INSERT INTO platform_reports (tenant, environment, function, at, invocation_id, outcome, duration_ns, billed_ms,
    memory_bytes, memory_used_bytes, provider, received_at)
  SELECT 'default', 'prod', concat('lonely', toString(number % 40)), now64(9) - toIntervalMicrosecond(number * 100),
    toString(generateUUIDv4(number)), 'ok', 1000000, 2, 536870912, 100000000, 'aws', now64(3)
  FROM numbers({rows: UInt64})`;

const bytesSql = `
  SELECT toFloat64(sum(data_compressed_bytes)) / toFloat64(sum(rows)) AS bytes FROM system.parts
  WHERE active AND database = 'coldburn' AND table = 'settle_facts'`;

const views = ['settle_facts_of_invocations'];
const rows = 100_000;
const rounds = 5;

/** What settling costs: beside an insert, when there is nothing to do, and when every run has a report. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  let shiftMs = 0;
  const settler = createSettler({
    warehouse,
    directory,
    newId: randomUUID,
    mayWrite: async () => {},
    now: () => new Date(Date.now() + shiftMs),
    delayMs: 0,
    rules: {
      reportGraceMs: 90_000,
      lookbackMs: 26 * 3_600_000,
      defaultTimeoutMs: 900_000,
      timeoutsMs: new Map(),
    },
  });
  const tick = () => settler.tick(new AbortController().signal);
  try {
    await warehouse.command(runsSql, { name: 'warm', rows });
    const [empty] = await warehouse.query(bytesSql, {}, z.object({ bytes: z.number() }));
    await tick();
    await warehouse.command(runsSql, { name: 'plain', rows });
    const ordinary = await measured(tick);
    const idle = await measured(tick);
    await warehouse.command(runsSql, { name: 'told', rows });
    await tick();
    await warehouse.command(reportsSql, { name: 'told' });
    const told = await measured(tick);
    const before = settler.stats().corrections.corrected;
    await warehouse.command(lonelySql, { rows });
    await tick();
    shiftMs += 3_600_000;
    const lonely = await measured(tick);
    const { reported } = settler.stats().corrections;
    if (before < rows || reported < rows) throw new Error(`Only ${before} and ${reported} were settled`);
    const peakBytes = process.memoryUsage().rss;
    const insert = await insertCost(warehouse);
    return {
      rows: [
        { measure: 'look, nothing new', value: idle.ms, unit: 'ms' },
        { measure: `look, ${rows} runs and no reports`, value: ordinary.ms, unit: 'ms' },
        { measure: 'runs joined with reports', value: (rows / told.ms) * 1000, unit: '/s' },
        { measure: 'runs joined with reports: CPU', value: told.cpuMs / 100, unit: 'CPU-s per million' },
        { measure: 'reports that become runs', value: (rows / lonely.ms) * 1000, unit: '/s' },
        { measure: 'reports that become runs: CPU', value: lonely.cpuMs / 100, unit: 'CPU-s per million' },
        { measure: 'memory afterwards', value: peakBytes / 2 ** 20, unit: 'MiB' },
        { measure: 'facts on disk', value: empty?.bytes ?? 0, unit: 'bytes each' },
        {
          measure: 'insert of runs without facts: CPU',
          value: insert.without / 100,
          unit: 'CPU-s per million',
        },
        { measure: 'insert of runs with facts: CPU', value: insert.with / 100, unit: 'CPU-s per million' },
      ],
    };
  } finally {
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Medians, alternating, so that merges in the background meet both alike. */
async function insertCost(warehouse: Warehouse): Promise<{ with: number; without: number }> {
  const create: string[] = [];
  for (const view of views) {
    const [row] = await warehouse.query(
      'SELECT create_table_query AS text FROM system.tables WHERE database = currentDatabase() AND name = {view: String}',
      { view },
      z.object({ text: z.string() }),
    );
    create.push(row?.text ?? '');
  }
  const taken: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let round = 0; round < rounds; round++) {
    const run = (name: string) => warehouse.command(runsSql, { name: `${name}${round}-`, rows });
    taken.with.push((await measured(() => run('with'))).cpuMs);
    for (const view of views) await warehouse.command(`DROP VIEW ${view}`);
    taken.without.push((await measured(() => run('without'))).cpuMs);
    for (const text of create) await warehouse.command(text);
  }
  return { with: median(taken.with), without: median(taken.without) };
}

async function measured(work: () => Promise<void>): Promise<{ ms: number; cpuMs: number }> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
