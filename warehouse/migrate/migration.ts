import { createHash } from 'node:crypto';
import { StartupError } from '../../schemas/startup-error.js';
import { renderMigration } from './render/render-migration.js';
import type { Placements, Target } from './render/target.js';

/** One file of schemas/sql. `checksum` is the SHA-256 of its text, the same whatever the line ends. */
export type Migration = { version: number; name: string; file: string; text: string; checksum: string };
export type RenderedMigration = Migration & { statements: readonly string[] };

const fileName = /^(\d{4})_([a-z][a-z0-9_]*)\.sql$/;

/** Orders the files and refuses what cannot be one forward line of numbers: 0001, 0002, … */
export function toMigrations(files: readonly { file: string; text: string }[]): Migration[] {
  const migrations = files.map(({ file, text }) => {
    const [, number, name] = fileName.exec(file) ?? [];
    if (number === undefined || name === undefined)
      throw new StartupError(`Migration ${file} is not named like 0001_lower_case_name.sql; rename it.`);
    const normal = text.replaceAll('\r\n', '\n');
    return { version: Number(number), name, file, text: normal, checksum: sha256(normal) };
  });
  migrations.sort((a, b) => a.version - b.version || (a.file < b.file ? -1 : 1));
  migrations.forEach(({ version, file }, index) => {
    const expected = index + 1;
    if (version === expected) return;
    const previous = migrations[index - 1];
    throw new StartupError(
      previous?.version === version
        ? `Migrations ${previous.file} and ${file} have the same number; give the newer one the next free number.`
        : `Migration ${file} should have the number ${String(expected).padStart(4, '0')}: numbers leave no gap.`,
    );
  });
  return migrations;
}

/** Renders the whole line of migrations for one target; a mistake in a file is a StartupError that names the file. */
export function renderMigrations(migrations: readonly Migration[], target: Target): RenderedMigration[] {
  let placements: Placements = new Map();
  return migrations.map((migration) => {
    try {
      const rendered = renderMigration(migration.text, target, placements);
      placements = rendered.placements;
      return { ...migration, statements: rendered.statements };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StartupError(`Migration ${migration.file}: ${reason}.`, { cause });
    }
  });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
