import { StartupError } from '../../schemas/startup-error.js';
import type { Warehouse } from '../warehouse.js';
import { readFigures } from './read-figures.js';
import { dropStaging, listPartitionIds, stagingName } from './staging.js';
import type { StoredTable } from './stored-table.js';

/** Moves what is staged to where it belongs, one partition after another, and clears up. Safe to run again. */
export async function finishRestore(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  { database, adds }: { database: string; adds: boolean },
): Promise<void> {
  for (const stored of tables) {
    const staging = stagingName(stored.name);
    for (const partition of await listPartitionIds(warehouse, database, staging)) {
      const question = { database, like: stored, partition, isMerged: true };
      const present = await readFigures(warehouse, { ...question, table: stored.name });
      const staged = await readFigures(warehouse, { ...question, table: staging });
      if (present.rows > 0 && present.rows === staged.rows && present.hash === staged.hash) {
        // The engine was cut off between putting it there and taking it from here.
        await warehouse.command(`ALTER TABLE ${database}.${staging} DROP PARTITION ID '${partition}'`);
        continue;
      }
      if (present.rows > 0 && !adds)
        throw new StartupError(
          `${stored.name} has taken other rows (partition ${partition}) since the restore began; run it again with --add to put the backup beside them.`,
        );
      await warehouse.command(
        `ALTER TABLE ${database}.${staging} MOVE PARTITION ID '${partition}' TO TABLE ${database}.${stored.name}`,
      );
    }
    if (stored.ages) await refreshAges(warehouse, `${database}.${stored.name}`);
  }
  await dropStaging(warehouse, database);
}

/** Staged parts do not know when their rows are due; the engine reads that from a few columns. */
async function refreshAges(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(`ALTER TABLE ${table} MODIFY SETTING materialize_ttl_recalculate_only = 1`);
  await warehouse.command(`ALTER TABLE ${table} MATERIALIZE TTL`);
}
