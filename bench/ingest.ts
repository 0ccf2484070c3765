import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Ingest } from '../ingest/start-ingest.js';
import { runIngest } from '../test/ingest/support/running-ingest.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { EngineCeiling } from './ingest/engine-ceiling.js';
import { type Order, Report } from './ingest/generator.js';
import { plainWayCpuSeconds } from './ingest/plain-way.js';
import { timeToVisibleMs } from './ingest/time-to-visible.js';

type Row = { measure: string; value: number; unit: string };
type Load = Omit<Order, 'port'>;
type Run = { report: Report; cpuSecondsPerMillion: number; drainMs: number; peakBytes: number };

const generatorPath = fileURLToPath(new URL('ingest/generator-process.js', import.meta.url));
const full: Load = { spans: 512, connections: 8, durationMs: 4000, form: 'protobuf', perSecond: null };
const single: Load = { ...full, spans: 1, connections: 32 };
/** Medians over as many rounds. */
const rounds = 3;
const seenSamples = 5;

/** The full path, receive to queryable, beside the engine alone and the plain way, in one run on one machine. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  const ceiling = new EngineCeiling(warehouse, join(directory, 'kept'));
  let isKeeping = false;
  const ingest = await runIngest(
    join(directory, 'spool'),
    async (segment, options) => {
      if (isKeeping) await ceiling.keep(segment);
      await warehouse.insertSegment(segment, options);
    },
    { config: { insertEveryMs: 400, maxBodyBytes: 64 * 1024 * 1024, spoolQuotaBytes: 4 * 1024 ** 3 } },
  );
  const rows: Row[] = [];
  try {
    await run(ingest, { ...full, durationMs: 1500 });
    isKeeping = true;
    const ours = await runs(ingest, full);
    isKeeping = false;
    rows.push(...shown('512-span requests', ours));
    rows.push(...(await halfLoad(warehouse, ingest, requestsPerSecond(ours) / 2)));
    rows.push(...shown('single-span requests', await runs(ingest, single)));
    rows.push(...shown('512-span requests, gzip', await runs(ingest, { ...full, form: 'gzip' }, 1)));
    rows.push(...shown('512-span requests, JSON', await runs(ingest, { ...full, form: 'json' }, 1)));
    rows.push(...(await disk(warehouse)));
    const engine = await ceiling.measure();
    const plainCpuSeconds = await plainWayCpuSeconds(warehouse, directory, 200);
    const oursCpuSeconds = median(ours.map(({ cpuSecondsPerMillion }) => cpuSecondsPerMillion));
    rows.push(
      { measure: 'engine alone, the same row files', value: engine.spansPerSecond, unit: 'spans/s' },
      { measure: 'engine alone: CPU', value: engine.cpuSecondsPerMillion, unit: cpuUnit },
      { measure: 'plain way: server CPU', value: plainCpuSeconds, unit: cpuUnit },
      { measure: 'plain way / ours', value: plainCpuSeconds / oursCpuSeconds, unit: 'times the CPU' },
    );
  } finally {
    await ingest.stop(5000);
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
  return { rows };
}

const cpuUnit = 'CPU-s per million spans';

async function runs(ingest: Ingest, load: Load, count = rounds): Promise<Run[]> {
  const done: Run[] = [];
  while (done.length < count) done.push(await run(ingest, load));
  return done;
}

async function run(ingest: Ingest, load: Load): Promise<Run> {
  const memory = watchMemory();
  const cpuBefore = process.cpuUsage();
  const report = await generate({ ...load, port: ingest.port });
  const ackedMs = performance.now();
  while (ingest.stats().spool.segments > 0) await pause(10);
  const drainMs = performance.now() - ackedMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { report, drainMs, cpuSecondsPerMillion: (user + system) / report.spans, peakBytes: memory.stop() };
}

function shown(name: string, done: readonly Run[]): Row[] {
  const middle = (pick: (run: Run) => number) => median(done.map(pick));
  const perSecond = (pick: (report: Report) => number) =>
    middle(({ report }) => pick(report) / (report.elapsedMs / 1000));
  const rows: Row[] = [
    { measure: 'acknowledged', value: perSecond(({ spans }) => spans), unit: 'spans/s' },
    { measure: 'acknowledged', value: perSecond(({ requests }) => requests), unit: 'requests/s' },
    { measure: 'refused or failed', value: middle(({ report }) => report.failures), unit: 'requests' },
    { measure: 'server CPU, everything', value: middle((one) => one.cpuSecondsPerMillion), unit: cpuUnit },
    { measure: 'ack p50', value: middle(({ report }) => report.p50Ms), unit: 'ms' },
    { measure: 'ack p99', value: middle(({ report }) => report.p99Ms), unit: 'ms' },
    { measure: 'last ack to all inserted', value: middle(({ drainMs }) => drainMs), unit: 'ms' },
    { measure: 'peak memory', value: Math.max(...done.map((one) => one.peakBytes)) / 1024 ** 2, unit: 'MiB' },
  ];
  return rows.map((row) => ({ ...row, measure: `${name}: ${row.measure}` }));
}

/** What senders wait when the machine is not full, and how soon their spans are found then. */
async function halfLoad(warehouse: Warehouse, ingest: Ingest, perSecond: number): Promise<Row[]> {
  const waited = await runs(ingest, { ...full, perSecond });
  // Asking again and again takes a core, so senders are timed without it.
  const under = runs(ingest, { ...full, perSecond, durationMs: 6000 }, 1);
  const seenMs: number[] = [];
  await pause(2500);
  for (let sample = 0; sample < seenSamples; sample++) {
    seenMs.push(await timeToVisibleMs(warehouse, ingest.port, `${sample + 1}`.padStart(32, 'a')));
  }
  await under;
  return [
    ...shown('half load', waited),
    { measure: 'half load: ack to visible', value: median(seenMs), unit: 'ms' },
    { measure: 'half load: ack to visible, slowest', value: Math.max(...seenMs), unit: 'ms' },
  ];
}

function requestsPerSecond(done: readonly Run[]): number {
  return median(done.map(({ report }) => report.requests / (report.elapsedMs / 1000)));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function generate(order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(generatorPath);
    child.once('message', (message) => resolve(Report.parse(message)));
    child.once('exit', (code) => reject(new Error(`The generator ended with ${code}`)));
    child.send(order);
  });
}

function watchMemory() {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

const BYTES = `
  SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS rows FROM system.parts
  WHERE active AND database = currentDatabase() AND table IN ('spans', 'resources', 'invocations') GROUP BY table ORDER BY table`;

const Bytes = z.object({ table: z.string(), bytes: z.coerce.number(), rows: z.coerce.number() });

async function disk(warehouse: Warehouse): Promise<Row[]> {
  const tables = await warehouse.query(BYTES, {}, Bytes);
  return tables.map(({ table, bytes, rows }) => ({
    measure: `${table} on disk`,
    value: bytes / rows,
    unit: 'bytes per row',
  }));
}
