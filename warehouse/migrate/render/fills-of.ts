import type { Migration } from '../migration.js';
import { parseMacro } from './macro.js';
import { type SqlToken, scanSql, splitStatements } from './scan-sql.js';

/** How a migration fills a new rollup from a table that was there before it; `sql` names the two as they are called. */
export type Fill = { into: string; from: string; sql: (into: string, from: string) => string };

/** Every fill there is: what a backup from before one of these rollups needs done to it too. */
export function fillsOf(migrations: readonly Migration[]): Fill[] {
  return migrations.flatMap(({ text }) => splitStatements(scanSql(text)).flatMap(fillOf));
}

function fillOf(tokens: readonly SqlToken[]): Fill[] {
  const macros = tokens.map(({ kind, text }) => (kind === 'macro' ? parseMacro(text) : null));
  const into = macros.find((macro) => macro?.kind === 'fill');
  const from = macros.find((macro) => macro?.kind === 'whole');
  if (into?.kind !== 'fill' || from?.kind !== 'whole') return [];
  const sql = (intoName: string, fromName: string) => {
    const named = (index: number) => (macros[index]?.kind === 'fill' ? intoName : fromName);
    return tokens
      .map(({ kind, text }, index) => (kind === 'macro' ? named(index) : text))
      .join('')
      .trim();
  };
  return [{ into: into.name, from: from.name, sql }];
}
