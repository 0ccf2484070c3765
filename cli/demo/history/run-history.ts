import { StartupError } from '../../../schemas/startup-error.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { shop } from '../fleet/shop.js';
import { scheduledRuns } from '../incidents/schedule.js';
import { chunkOrder, fillHistory, type HistoryPlan, stepsOf } from './fill-history.js';
import { type HistoryState, readHistoryState, writeHistoryState } from './history-state.js';

/** What is asked for: minutes from the epoch, [fromMinute, toMinute), at a rate that is the mean of a week. */
export type HistoryOrder = Pick<HistoryState, 'seed' | 'ratePerSecond' | 'fromMinute' | 'toMinute'>;

export type HistoryHost = {
  warehouse: Warehouse;
  database: string;
  tenant: string;
  dataDir: string;
  signal: AbortSignal;
  onDone: (state: HistoryState) => void;
  giveWay: () => Promise<void>;
};

/** The plan of an order: the shop, and the incidents of its timetable. */
export function planOf(order: HistoryOrder, tenant: string): HistoryPlan {
  const { seed, ratePerSecond, fromMinute, toMinute } = order;
  const incidents = scheduledRuns(fromMinute, toMinute);
  return { world: { fleet: shop, seed, ratePerSecond, incidents }, tenant, fromMinute, toMinute };
}

/** Writes a history down as begun, so that a process that ends before it is complete goes on with the same one. */
export async function beginHistory(dataDir: string, order: HistoryOrder): Promise<HistoryState> {
  const state = { ...order, doneChunks: 0, chunks: stepsOf(planOf(order, '')), order: chunkOrder };
  await writeHistoryState(dataDir, state);
  return state;
}

/** Carries on with the history that was begun here; does nothing when it is complete, or when none was begun. */
export async function continueHistory(host: HistoryHost): Promise<HistoryState | null> {
  const { warehouse, database, tenant, dataDir, signal, onDone, giveWay } = host;
  const begun = await readHistoryState(dataDir);
  if (begun === null || begun.doneChunks >= begun.chunks) return begun;
  if (begun.order !== chunkOrder)
    throw new StartupError(
      'Another version of the program began this history and made it in another order; it stays as far as it came. An empty data directory gets a whole one.',
    );
  let state = begun;
  await fillHistory(warehouse, planOf(begun, tenant), {
    database,
    signal,
    giveWay,
    doneChunks: begun.doneChunks,
    onDone: async (doneChunks) => {
      state = { ...begun, doneChunks };
      await writeHistoryState(dataDir, state);
      onDone(state);
    },
  });
  return state;
}
