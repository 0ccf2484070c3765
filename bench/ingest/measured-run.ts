import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ingest } from '../../ingest/start-ingest.js';
import type { Order, Report } from './generator.js';
import type { Generator } from './generator-handle.js';
import { median, type Row } from './row.js';

export type Load = Omit<Order, 'port' | 'grpcPort'>;

/** Who sends and who receives. */
export type Bench = { readonly generator: Generator; readonly ingest: Ingest };

export type Run = {
  readonly report: Report;
  readonly cpuSecondsPerMillion: number;
  readonly drainMs: number;
  readonly peakBytes: number;
};

export type Aims = Readonly<Partial<Record<'requests' | 'cpu' | 'p99' | 'memory', string>>>;

/** Loads the server so often, one run after another; each ends when all is inserted. */
export async function runs({ generator, ingest }: Bench, load: Load, count: number): Promise<Run[]> {
  const done: Run[] = [];
  while (done.length < count) done.push(await run(generator, ingest, load));
  const { items, signal, form } = load;
  console.error(`${signal}, ${items} a request, ${form}: ${Math.round(itemsPerSecond(done))} a second`);
  return done;
}

async function run(generator: Generator, ingest: Ingest, load: Load): Promise<Run> {
  // Bodies are made before the clock starts, in the generator's process.
  const memory = watchMemory();
  const cpuBefore = process.cpuUsage();
  const report = await generator.run({ ...load, port: ingest.port, grpcPort: ingest.grpcPort });
  const ackedMs = performance.now();
  while (ingest.stats().spool.segments > 0) await pause(10);
  const drainMs = performance.now() - ackedMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { report, drainMs, cpuSecondsPerMillion: (user + system) / report.items, peakBytes: memory.stop() };
}

/** Medians of the runs; `items` is what is counted, such as spans. */
export function shown(name: string, items: string, done: readonly Run[], aims: Aims = {}): Row[] {
  const middle = (pick: (run: Run) => number) => median(done.map(pick));
  const perSecond = (pick: (report: Report) => number) =>
    middle(({ report }) => pick(report) / (report.elapsedMs / 1000));
  const cpuUnit = `CPU-s per million ${items}`;
  const peakMegabytes = Math.max(...done.map((one) => one.peakBytes)) / 1e6;
  const rows: (Row | null)[] = [
    { measure: 'acknowledged', value: perSecond((report) => report.items), unit: `${items}/s` },
    {
      measure: 'acknowledged and inserted',
      value: middle(({ report, drainMs }) => (report.items / (report.elapsedMs + drainMs)) * 1000),
      unit: `${items}/s`,
    },
    aimed(
      'acknowledged',
      perSecond(({ requests }) => requests),
      'requests/s',
      aims.requests,
    ),
    { measure: 'refused or failed', value: middle(({ report }) => report.failures), unit: 'requests' },
    aimed(
      'server CPU',
      middle((one) => one.cpuSecondsPerMillion),
      cpuUnit,
      aims.cpu,
    ),
    { measure: 'ack p50', value: middle(({ report }) => report.p50Ms), unit: 'ms' },
    aimed(
      'ack p99',
      middle(({ report }) => report.p99Ms),
      'ms',
      aims.p99,
    ),
    { measure: 'last ack to all inserted', value: middle(({ drainMs }) => drainMs), unit: 'ms' },
    aimed('peak memory', peakMegabytes, 'MB', aims.memory),
    { measure: 'body', value: middle(({ report }) => report.bodyBytes), unit: 'bytes' },
  ];
  return rows.flatMap((row) => (row === null ? [] : [{ ...row, measure: `${name}: ${row.measure}` }]));
}

export function requestsPerSecond(done: readonly Run[]): number {
  return median(done.map(({ report }) => report.requests / (report.elapsedMs / 1000)));
}

export function itemsPerSecond(done: readonly Run[]): number {
  return median(done.map(({ report }) => report.items / (report.elapsedMs / 1000)));
}

export function cpuSecondsPerMillion(done: readonly Run[]): number {
  return median(done.map((one) => one.cpuSecondsPerMillion));
}

export function aimed(measure: string, value: number, unit: string, aim: string | undefined): Row {
  return aim === undefined ? { measure, value, unit } : { measure, value, unit, aim };
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
