import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Wanted } from '../decide/facts.js';
import { applyBatch, type Corrections } from './apply-batch.js';
import { buildCorrections } from './build-corrections.js';
import { buildMade } from './build-made.js';
import { storeWanted } from './store-wanted.js';

export type WriteDeps = {
  warehouse: Warehouse;
  /** For files on their way to the engine. */
  directory: string;
  newId: () => string;
  /** Throws when another process has taken over; asked before each step that changes something. */
  mayWrite: () => Promise<void>;
};

/**
 * Makes the rows read as decided. Whatever is cut off half-way lies in the outbox, from where it is applied before
 * anything new is decided; what did not get that far is decided again.
 */
export async function writeBatch(deps: WriteDeps, wanted: readonly Wanted[]): Promise<Corrections> {
  const { warehouse, directory, mayWrite } = deps;
  const batch = deps.newId();
  await storeWanted(warehouse, directory, batch, wanted);
  await mayWrite();
  await buildCorrections(warehouse, batch);
  const corrected = await applyBatch(warehouse, batch);
  if (!wanted.some(({ kind, source }) => kind === 'wanted' && source !== 'span')) return corrected;
  const made = `${batch}-made`;
  await mayWrite();
  await buildMade(warehouse, batch, made);
  return addCorrections(corrected, await applyBatch(warehouse, made));
}

export function addCorrections(one: Corrections, other: Corrections): Corrections {
  const { corrected, reported, inferred, cancelled, rows } = one;
  return {
    corrected: corrected + other.corrected,
    reported: reported + other.reported,
    inferred: inferred + other.inferred,
    cancelled: cancelled + other.cancelled,
    rows: rows + other.rows,
  };
}
