import type { Warehouse } from '../../../warehouse/warehouse.js';
import { describePlaces, type HistoryWorld } from './describe-places.js';
import { dropHistoryTables, moveHistoryRows, openHistoryTables } from './history-tables.js';
import { type Place, placeLines } from './place.js';
import { PROVIDER_COUNTS } from './provider-counts-sql.js';
import { callRows, insertRows, rhythmParams, sumRows } from './rows-sql.js';

const INSERTS = {
  sums: `INSERT INTO history__runs ${sumRows}`,
  latencies: `INSERT INTO history__timed ${sumRows}`,
  rows: insertRows('history__invocation_rows'),
  calls: `INSERT INTO history__calls ${callRows}`,
} as const;

const dayMinutes = 1440;
/** Statements of this kind wait for each other, so none may take long; planning one takes 0.4 s, so none is short either. */
const mostMinutes = 1440;
/** A statement that counts once for its token makes one block of rows, which must fit into memory. */
const mostRows = 600_000;
/** The busiest hours against the mean. */
const busiest = 2;
/** What comes of an event begins before so many minutes have passed. */
export const echoMinutes = 10;

export type HistoryPlan = {
  world: HistoryWorld;
  tenant: string;
  fromMinute: number;
  toMinute: number;
};

/** Sums and errors; latencies; invocations one by one; spans, what they tell of calls and queues, and the provider's counts. */
const passes = ['sums', 'latencies', 'rows', 'calls'] as const;
type Pass = (typeof passes)[number];
export type Chunk = { pass: Pass; fromMinute: number; toMinute: number };

/** Newest first, so that pages fill from the present backwards, and sums before all else: most pages read nothing else. */
export function chunksOf({ world, fromMinute, toMinute }: HistoryPlan): Chunk[] {
  const length = Math.min(
    mostMinutes,
    Math.max(1, Math.floor(mostRows / (world.ratePerSecond * 60 * busiest))),
  );
  const chunks: Chunk[] = [];
  for (const pass of passes)
    for (let to = toMinute; to > fromMinute; ) {
      // Not beyond midnight: rows of a day are moved together.
      const from = Math.max(fromMinute, Math.floor((to - 1) / dayMinutes) * dayMinutes, to - length);
      chunks.push({ pass, fromMinute: from, toMinute: to });
      to = from;
    }
  return chunks;
}

/** Every chunk, and putting away what was needed to make them. */
export function stepsOf(plan: HistoryPlan): number {
  return chunksOf(plan).length + 1;
}

export type HistoryDeps = {
  database: string;
  signal: AbortSignal;
  /** How many steps an earlier try finished, of `stepsOf`. */
  doneChunks: number;
  onDone: (doneChunks: number) => Promise<void>;
};

/** Makes the history inside the engine. After a crash it goes on where it stopped, and no row counts twice. */
export async function fillHistory(warehouse: Warehouse, plan: HistoryPlan, deps: HistoryDeps): Promise<void> {
  const { database, signal, onDone } = deps;
  const places = describePlaces(plan.world, plan.fromMinute, plan.toMinute);
  const chunks = chunksOf(plan);
  await openHistoryTables(warehouse, database);
  for (let done = deps.doneChunks; done < chunks.length; done += 1) {
    signal.throwIfAborted();
    const chunk = chunks[done];
    if (chunk !== undefined) await fillChunk(warehouse, plan, places, chunk, signal);
    await onDone(done + 1);
    // Not before its chunk is written down as done, since the engine forgets the token of what was moved.
    await moveHistoryRows(warehouse, database);
  }
  await moveHistoryRows(warehouse, database);
  await dropHistoryTables(warehouse, database);
  await onDone(chunks.length + 1);
}

async function fillChunk(
  warehouse: Warehouse,
  { world: { seed }, tenant }: HistoryPlan,
  places: readonly Place[],
  { pass, fromMinute, toMinute }: Chunk,
  signal: AbortSignal,
): Promise<void> {
  const first = fromMinute - echoMinutes;
  const here = places.filter(({ from_minute, to_minute }) => from_minute < toMinute && to_minute > first);
  const params = { tenant, seed, fromMinute, toMinute, places: placeLines(here), ...rhythmParams };
  const options = { signal, timeoutMs: 600_000, memoryBytes: 4e9 };
  const onceToken = `history ${tenant} ${seed} ${pass} ${fromMinute} ${toMinute}`;
  await warehouse.command(INSERTS[pass], params, { ...options, onceToken });
  if (pass !== 'calls') return;
  // Counts of a minute are told once: with the echo of what came before it, without that of its own end.
  const counted = { ...params, fromMinute: first, sinceMinute: fromMinute };
  await warehouse.command(PROVIDER_COUNTS, counted, { ...options, onceToken: `${onceToken} counted` });
}
