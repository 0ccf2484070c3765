import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ingest, IngestDeps } from '../ingest/start-ingest.js';
import { defaultIngest } from '../test/ingest/support/default-rules.js';
import { runIngest } from '../test/ingest/support/running-ingest.js';
import { migratedWarehouse } from '../test/support/migrated-warehouse.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { disk } from './ingest/disk.js';
import { EngineCeiling } from './ingest/engine-ceiling.js';
import { Generator } from './ingest/generator-handle.js';
import {
  aimed,
  type Bench,
  cpuSecondsPerMillion,
  itemsPerSecond,
  type Load,
  requestsPerSecond,
  runs,
  shown,
} from './ingest/measured-run.js';
import { plainWay } from './ingest/plain-way.js';
import { median, type Row } from './ingest/row.js';
import { timeToVisibleMs } from './ingest/time-to-visible.js';

const full: Load = {
  signal: 'traces',
  items: 512,
  connections: 8,
  durationMs: 4000,
  form: 'protobuf',
  perSecond: null,
};
const single: Load = { ...full, items: 1, connections: 32 };
/** Medians over as many rounds. */
const rounds = 3;
const seenSamples = 5;
const cpuUnit = 'CPU-s per million spans';

/** The full path, receive to queryable, beside the engine alone and the plain way, in one run on one machine. */
export async function bench(): Promise<{ rows: Row[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'coldburn-bench-'));
  const warehouse = await migratedWarehouse(join(directory, 'data'));
  const ceiling = new EngineCeiling(warehouse, join(directory, 'kept'));
  let isKeeping = false;
  const ingest = await receiver(join(directory, 'spool'), async (segment, options) => {
    if (isKeeping) await ceiling.keep(segment);
    await warehouse.insertSegment(segment, options);
  });
  const generator = new Generator();
  const sides = { generator, ingest };
  const rows: Row[] = [];
  try {
    // Before the engine has anything to merge, which would be counted with it.
    const toDisk = await receivedToDisk(generator, join(directory, 'received'));
    await runs(sides, { ...full, durationMs: 1500 }, 1);
    isKeeping = true;
    const ours = await runs(sides, full, rounds);
    isKeeping = false;
    rows.push(...shown('512-span requests', 'spans', ours, { cpu: 'at most 5', memory: 'at most 700' }));
    rows.push(...(await halfLoad(warehouse, sides, requestsPerSecond(ours) / 2)));
    rows.push({ measure: 'receive to disk: server CPU', value: toDisk, unit: cpuUnit, aim: 'at most 2.2' });
    rows.push(...(await disk(warehouse)));
    const ones = await runs(sides, single, rounds);
    rows.push(...shown('single-span requests', 'spans', ones, { requests: 'at least 8,000' }));
    rows.push(...(await otherWays(sides)));
    const engine = await ceiling.measure();
    const plain = await plainWay(warehouse, directory, 200);
    const cpu = cpuSecondsPerMillion(ours);
    const rate = itemsPerSecond(ours);
    rows.push(
      { measure: 'engine alone, the same row files', value: engine.spansPerSecond, unit: 'spans/s' },
      { measure: 'engine alone: CPU', value: engine.cpuSecondsPerMillion, unit: cpuUnit },
      aimed('ours / engine alone', rate / engine.spansPerSecond, 'times the spans/s', 'at least 0.5'),
      { measure: 'plain way', value: plain.spansPerSecond, unit: 'spans/s' },
      { measure: 'plain way: server CPU', value: plain.cpuSecondsPerMillion, unit: cpuUnit },
      aimed('ours / plain way', rate / plain.spansPerSecond, 'times the spans/s', 'at least 5'),
      aimed('plain way / ours', plain.cpuSecondsPerMillion / cpu, 'times the CPU', 'at least 5'),
    );
  } finally {
    generator.close();
    await ingest.stop(5000);
    await warehouse.close();
    await rm(directory, { recursive: true, force: true });
  }
  return { rows };
}

/** As `coldburn serve` starts it when nothing is configured, but for a spool that takes what a full load brings. */
function receiver(spool: string, insert: IngestDeps['warehouse']['insertSegment']): Promise<Ingest> {
  const { insertEveryMs, maxBodyBytes, duplicateWindowMs, limits, sampling, redaction } = defaultIngest;
  const spoolQuotaBytes = 4 * 1024 ** 3;
  const own = { insertEveryMs, maxBodyBytes, duplicateWindowMs, limits, sampling, redaction };
  return runIngest(spool, insert, { config: { ...own, spoolQuotaBytes } });
}

/** Receive, decode, sync, acknowledge; row files are thrown away instead of inserted. */
async function receivedToDisk(generator: Generator, spool: string): Promise<number> {
  const ingest = await receiver(spool, async () => undefined);
  try {
    await runs({ generator, ingest }, { ...full, durationMs: 1500 }, 1);
    return cpuSecondsPerMillion(await runs({ generator, ingest }, full, rounds));
  } finally {
    await ingest.stop(1000);
  }
}

/** The other encodings, ways in and signals, a round each. */
async function otherWays(sides: Bench): Promise<Row[]> {
  const ways: readonly { name: string; items: string; load: Load }[] = [
    { name: '512-span requests, gzip', items: 'spans', load: { ...full, form: 'gzip' } },
    { name: '512-span requests, JSON', items: 'spans', load: { ...full, form: 'json' } },
    { name: '512-span requests, gRPC', items: 'spans', load: { ...full, form: 'grpc' } },
    { name: '512-point requests', items: 'points', load: { ...full, signal: 'metrics' } },
    { name: '512-record requests', items: 'records', load: { ...full, signal: 'logs' } },
  ];
  const rows: Row[] = [];
  for (const { name, items, load } of ways) rows.push(...shown(name, items, await runs(sides, load, 1)));
  return rows;
}

/** What senders wait when the machine is not full, and how soon their spans are found then. */
async function halfLoad(warehouse: Warehouse, sides: Bench, perSecond: number): Promise<Row[]> {
  const waited = await runs(sides, { ...full, perSecond }, rounds);
  // Asking again and again takes a core, so senders are timed without it.
  const under = runs(sides, { ...full, perSecond, durationMs: 6000 }, 1);
  const seenMs: number[] = [];
  await pause(2500);
  for (let sample = 0; sample < seenSamples; sample++) {
    seenMs.push(await timeToVisibleMs(warehouse, sides.ingest.port, `${sample + 1}`.padStart(32, 'a')));
  }
  await under;
  return [
    ...shown('half load', 'spans', waited, { p99: 'at most 30' }),
    { measure: 'half load: ack to visible', value: median(seenMs), unit: 'ms' },
    aimed('half load: ack to visible, slowest', Math.max(...seenMs), 'ms', 'at most 1,000'),
  ];
}
