import { StartupError } from '../../schemas/startup-error.js';
import type { BackupTable, Manifest } from './manifest.js';
import type { StoredTable } from './stored-table.js';

export type PlannedTable = { backup: BackupTable; stored: StoredTable };

/** Which table of the backup goes where. Throws the sentence that says why it cannot. */
export function planRestore(
  manifest: Manifest,
  stored: readonly StoredTable[],
  schemaVersion: number,
): PlannedTable[] {
  if (manifest.schemaVersion > schemaVersion)
    throw new StartupError(
      `The backup was made by coldburn ${manifest.program} with schema version ${manifest.schemaVersion}; this one knows up to ${schemaVersion}. Restore it with that coldburn or a newer one.`,
    );
  return manifest.tables.map((backup) => {
    const target = stored.find(({ name }) => name === backup.name);
    if (target === undefined) throw olderSchema(manifest, `a table "${backup.name}"`);
    for (const { name, type } of backup.columns) {
      const column = target.columns.find((one) => one.name === name);
      if (column?.type !== type) throw olderSchema(manifest, `${backup.name}.${name} of type ${type}`);
    }
    // Only what the backup has is compared; what the schema has since added is filled with its defaults.
    const known = new Set(backup.columns.map(({ name }) => name));
    const columns = target.columns.filter(({ name }) => known.has(name));
    return { backup, stored: { ...target, columns } };
  });
}

function olderSchema({ program, schemaVersion }: Manifest, what: string): StartupError {
  return new StartupError(
    `The backup of coldburn ${program} (schema version ${schemaVersion}) has ${what}, which this schema has not: restore it with coldburn ${program} and let this one upgrade the result.`,
  );
}
