import { z } from 'zod';
import { migrate } from '../../../warehouse/migrate/migrate.js';
import { renderMigrations } from '../../../warehouse/migrate/migration.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import type { Target } from '../../../warehouse/migrate/render/target.js';
import { embeddedWarehouse } from '../../support/embedded-warehouse.js';
import { runnerDeps, single } from './migrate-harness.js';

const sqlFolder = new URL('../../../schemas/sql/', import.meta.url);
// dist/test/warehouse/migrate → test/golden
const goldenFolder = new URL('../../../../test/golden/', import.meta.url);

export const clusterTarget: Target & { kind: 'cluster' } = {
  kind: 'cluster',
  database: 'coldburn',
  cluster: 'main',
};

/** The reviewed dumps and how each is made; `node bin/golden.mjs` writes them anew. */
export const goldenFiles: readonly { url: URL; make: () => Promise<string> }[] = [
  { url: new URL('schema-single.sql', goldenFolder), make: singleSchema },
  { url: new URL('schema-cluster.sql', goldenFolder), make: clusterSchema },
];

/** What the engine says it has after running every migration. */
async function singleSchema(): Promise<string> {
  const { warehouse, close } = await embeddedWarehouse();
  try {
    await migrate(warehouse, await readMigrations(sqlFolder), single('coldburn'), runnerDeps('golden'));
    const sql = `SELECT name FROM system.tables WHERE database = 'coldburn'
      AND NOT startsWith(name, 'schema_migrations_lease_') ORDER BY name`;
    const parts = ['-- SHOW CREATE of every table after all migrations on a single node.\n'];
    for (const { name } of await warehouse.query(sql, {}, z.object({ name: z.string() }))) {
      const show = `SHOW CREATE TABLE coldburn.${name}`;
      for (const { statement } of await warehouse.query(show, {}, z.object({ statement: z.string() })))
        parts.push(`${statement};\n`);
    }
    return parts.join('\n');
  } finally {
    await close();
  }
}

/** What the migrations send to a cluster, statement by statement. */
async function clusterSchema(): Promise<string> {
  const parts = ['-- Every statement of all migrations as rendered for a cluster named "main".\n'];
  for (const { file, statements } of renderMigrations(await readMigrations(sqlFolder), clusterTarget))
    parts.push(`-- ${file}`, ...statements.map((statement) => `${statement};\n`));
  return parts.join('\n');
}

export async function clusterStatements(): Promise<string[]> {
  const rendered = renderMigrations(await readMigrations(sqlFolder), clusterTarget);
  return rendered.flatMap(({ statements }) => statements);
}

/** The lines that differ, `-` for what the file has and `+` for what was made, each with the line number. */
export function lineDiff(expected: string, actual: string): string[] {
  const before = expected.split('\n');
  const after = actual.split('\n');
  // lengths[i][j]: the longest run of lines common to before[i…] and after[j…].
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const length = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] =
          before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && length(i + 1, j) >= length(i, j + 1))) {
      lines.push(`- ${i + 1}: ${before[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${j + 1}: ${after[j]}`);
      j += 1;
    }
  }
  return lines;
}
