import type { Warehouse } from '../../../warehouse/warehouse.js';
import { describePlaces, type HistoryWorld } from './describe-places.js';
import { dropHistoryTables, moveHistoryRows, openHistoryTables } from './history-tables.js';
import { LEVELS } from './levels-sql.js';
import { type Place, placeLines } from './place.js';
import { callRows, insertRows, rhythmParams, sumRows } from './rows-sql.js';

const INSERTS = {
  sums: `INSERT INTO history__runs ${sumRows}`,
  latencies: `INSERT INTO history__timed ${sumRows}`,
  rows: insertRows('history__invocation_rows'),
  calls: `INSERT INTO history__calls ${callRows}`,
  levels: LEVELS,
} as const;

const hourMinutes = 60;
const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;
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

/** Sums and errors; latencies; invocations one by one; spans and what they tell of calls; runs at once, queues, the provider's counts. */
type Pass = keyof typeof INSERTS;
export type Chunk = { pass: Pass; fromMinute: number; toMinute: number };

/** Written down with a history that is not complete: by another order its chunks have other numbers. */
export const chunkOrder = 2;

/**
 * What pages ask for first is made first, and of each the newest: sums of the week that reports open with, percentiles of
 * the last day, the rest of both, then day by day what is looked up one by one.
 */
export function chunksOf(plan: HistoryPlan): Chunk[] {
  const { fromMinute, toMinute } = plan;
  const weekFrom = Math.max(fromMinute, toMinute - weekMinutes);
  const dayFrom = Math.max(fromMinute, toMinute - dayMinutes);
  const of = (pass: Pass, from: number, to: number) => piecesOf(plan, pass, from, to);
  const days: Chunk[] = [];
  for (let to = toMinute; to > fromMinute; ) {
    const from = Math.max(fromMinute, Math.floor((to - 1) / dayMinutes) * dayMinutes);
    days.push(...of('rows', from, to), ...of('calls', from, to), ...of('levels', from, to));
    to = from;
  }
  return [
    ...of('sums', weekFrom, toMinute),
    ...of('latencies', dayFrom, toMinute),
    ...of('sums', fromMinute, weekFrom),
    ...of('latencies', fromMinute, dayFrom),
    ...days,
  ];
}

function piecesOf({ world }: HistoryPlan, pass: Pass, fromMinute: number, toMinute: number): Chunk[] {
  const fitting = Math.floor(mostRows / (world.ratePerSecond * 60 * busiest));
  // Dead letters are counted from the full hour, so shorter pieces would read the same hour again.
  const length = Math.min(mostMinutes, Math.max(pass === 'levels' ? hourMinutes : 1, fitting));
  const pieces: Chunk[] = [];
  for (let to = toMinute; to > fromMinute; ) {
    // Not beyond midnight: rows of a day are moved together.
    const from = Math.max(fromMinute, Math.floor((to - 1) / dayMinutes) * dayMinutes, to - length);
    pieces.push({ pass, fromMinute: from, toMinute: to });
    to = from;
  }
  return pieces;
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
  /** Asked before each step: settles when nobody is kept waiting by it. */
  giveWay: () => Promise<void>;
};

/** Makes the history inside the engine. After a crash it goes on where it stopped, and no row counts twice. */
export async function fillHistory(warehouse: Warehouse, plan: HistoryPlan, deps: HistoryDeps): Promise<void> {
  const { database, signal, onDone, giveWay } = deps;
  const places = describePlaces(plan.world, plan.fromMinute, plan.toMinute);
  const chunks = chunksOf(plan);
  await openHistoryTables(warehouse, database, signal);
  for (let done = deps.doneChunks; done < chunks.length; done += 1) {
    await giveWay();
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
  const isLevels = pass === 'levels';
  // Of a minute everything must be known, with the echo of what came before it: these rows are told once.
  const first = isLevels ? Math.floor(fromMinute / hourMinutes) * hourMinutes - echoMinutes : fromMinute;
  const here = places.filter(
    ({ from_minute, to_minute }) => from_minute < toMinute && to_minute > first - echoMinutes,
  );
  const params = {
    tenant,
    seed,
    fromMinute: first,
    toMinute,
    ...(isLevels ? { sinceMinute: fromMinute } : {}),
    places: placeLines(here),
    ...rhythmParams,
  };
  const onceToken = `history ${tenant} ${seed} ${pass} ${fromMinute} ${toMinute}`;
  const options = { signal, timeoutMs: 600_000, memoryBytes: 4e9, onceToken };
  await warehouse.command(INSERTS[pass], params, options);
}
