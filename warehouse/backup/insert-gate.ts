import type { Warehouse } from '../warehouse.js';

export type InsertGate = {
  /** The same door, whose inserts wait while the gate is closed. */
  around: (warehouse: Warehouse) => Warehouse;
  /** Waits for the inserts under way, runs its argument while there are none, and lets them go on. */
  whileStill: (work: () => Promise<void>) => Promise<void>;
};

/**
 * Lets a backup take its snapshot between two inserts: a row and what the views make of it are stored by one insert, but
 * not in one instant. Only holds up the inserts of this process, for as long as a snapshot takes; acknowledging goes on.
 */
export function createInsertGate(): InsertGate {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;
  const pass = async (insert: () => Promise<void>): Promise<void> => {
    while (closed !== null) await closed;
    const run = insert();
    running.add(run);
    try {
      await run;
    } finally {
      running.delete(run);
    }
  };
  return {
    around: (warehouse) => ({
      ...warehouse,
      insertSegment: (segment, options) => pass(() => warehouse.insertSegment(segment, options)),
      command: (sql, params, options) => {
        const run = () => warehouse.command(sql, params, options);
        return /^\s*INSERT\b/i.test(sql) ? pass(run) : run();
      },
    }),
    whileStill: async (work) => {
      while (closed !== null) await closed;
      let open = () => {};
      closed = new Promise((resolve) => {
        open = resolve;
      });
      try {
        await Promise.allSettled([...running]);
        await work();
      } finally {
        closed = null;
        open();
      }
    },
  };
}
