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
import { type Order, Report } from './ingest/generator.js';
import { plainWayCpuSeconds } from './ingest/plain-way.js';

type Row = { measure: string; value: number; unit: string };

const generatorPath = fileURLToPath(new URL('ingest/generator-process.js', import.meta.url));
const loads: { name: string; order: Omit<Order, 'port'> }[] = [
  { name: '512-span requests', order: { spans: 512, connections: 8, durationMs: 8000 } },
  { name: 'single-span requests', order: { spans: 1, connections: 32, durationMs: 5000 } },
];

/** The full path, receive to queryable, against the plain way of doing it, in one run on one machine. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  const ingest = await runIngest(
    join(directory, 'spool'),
    (segment, options) => warehouse.insertSegment(segment, options),
    { config: { insertEveryMs: 400, maxBodyBytes: 64 * 1024 * 1024, spoolQuotaBytes: 4 * 1024 ** 3 } },
  );
  const rows: Row[] = [];
  try {
    let oursCpuSeconds = 0;
    for (const { name, order } of loads) {
      const { rows: measured, cpuSecondsPerMillion } = await measure(ingest, name, order);
      rows.push(...measured);
      oursCpuSeconds ||= cpuSecondsPerMillion;
    }
    rows.push(...(await disk(warehouse)));
    const plainCpuSeconds = await plainWayCpuSeconds(warehouse, directory, 200);
    rows.push(
      { measure: 'plain way: server CPU', value: plainCpuSeconds, unit: 'CPU-s per million spans' },
      { measure: 'plain way / ours', value: plainCpuSeconds / oursCpuSeconds, unit: 'times the CPU' },
    );
  } finally {
    await ingest.stop(5000);
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
  return { rows };
}

async function measure(ingest: Ingest, name: string, order: Omit<Order, 'port'>) {
  const memory = watchMemory();
  const cpuBefore = process.cpuUsage();
  const report = await generate({ ...order, port: ingest.port });
  const ackedMs = performance.now();
  while (ingest.stats().spool.segments > 0) await pause(10);
  const drainMs = performance.now() - ackedMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSecondsPerMillion = (user + system) / report.spans;
  const rows: Row[] = [
    { measure: 'acknowledged', value: report.spans / (report.elapsedMs / 1000), unit: 'spans/s' },
    { measure: 'acknowledged', value: report.requests / (report.elapsedMs / 1000), unit: 'requests/s' },
    { measure: 'refused or failed', value: report.failures, unit: 'requests' },
    { measure: 'server CPU, everything', value: cpuSecondsPerMillion, unit: 'CPU-s per million spans' },
    { measure: 'ack p50', value: report.p50Ms, unit: 'ms' },
    { measure: 'ack p99', value: report.p99Ms, unit: 'ms' },
    { measure: 'last ack to all inserted', value: drainMs, unit: 'ms' },
    { measure: 'peak memory', value: memory.stop() / 1024 ** 2, unit: 'MiB' },
  ];
  return {
    rows: rows.map((row) => ({ ...row, measure: `${name}: ${row.measure}` })),
    cpuSecondsPerMillion,
  };
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
  WHERE active AND database = currentDatabase() AND table IN ('spans', 'invocations') GROUP BY table ORDER BY table`;

const Bytes = z.object({ table: z.string(), bytes: z.coerce.number(), rows: z.coerce.number() });

async function disk(warehouse: Warehouse): Promise<Row[]> {
  const tables = await warehouse.query(BYTES, {}, Bytes);
  return tables.map(({ table, bytes, rows }) => ({
    measure: `${table} on disk`,
    value: bytes / rows,
    unit: 'bytes per row',
  }));
}
