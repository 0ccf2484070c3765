import { WarehouseError } from '../warehouse/warehouse-error.js';

const forgiven: ReadonlySet<string> = new Set(['resource-limit', 'overloaded']);

/** An answer the rest can do without: what is too dear, or gets no turn in time while the engine is busy, is `without`. */
export async function orWithout<Answer>(answer: Promise<Answer>, without: Answer): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WarehouseError && forgiven.has(error.kind)) return without;
    throw error;
  }
}
