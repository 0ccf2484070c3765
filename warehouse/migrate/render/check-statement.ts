import type { Subject } from './macro.js';

// Which statements may carry which subject, and the words that make running them twice harmless: a runner that dies
// between a statement and its ledger entry leaves the next one to run that statement again.
const openings: Record<Subject['kind'], { pattern: RegExp; shape: string }> = {
  table: { pattern: /^CREATE TABLE IF NOT EXISTS $/i, shape: 'CREATE TABLE IF NOT EXISTS {{table:…}}' },
  view: {
    pattern: /^(CREATE (MATERIALIZED )?VIEW IF NOT EXISTS|DROP VIEW IF EXISTS|ALTER TABLE) $/i,
    shape:
      'CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:…}}, DROP VIEW IF EXISTS {{view:…}} or ALTER TABLE {{view:…}}',
  },
  columns: { pattern: /^ALTER TABLE $/i, shape: 'ALTER TABLE {{columns:…}}' },
  storage: { pattern: /^ALTER TABLE $/i, shape: 'ALTER TABLE {{storage:…}}' },
  drop: { pattern: /^DROP TABLE IF EXISTS $/i, shape: 'DROP TABLE IF EXISTS {{drop:…}}' },
  fill: { pattern: /^INSERT INTO $/i, shape: 'INSERT INTO {{fill:…}}' },
};

// The same blocks in the same order under the same tokens: only so does the engine drop those it has stored.
const repeatable = ['ORDER BY ALL', 'insert_deduplication_token', 'max_insert_threads = 1'];

const things = 'COLUMN|INDEX|PROJECTION|CONSTRAINT|STATISTICS';
const unguarded = [
  { pattern: new RegExp(`\\bADD (${things})\\b(?! IF NOT EXISTS\\b)`, 'i'), guard: 'IF NOT EXISTS' },
  { pattern: new RegExp(`\\b(DROP|RENAME) (${things})\\b(?! IF EXISTS\\b)`, 'i'), guard: 'IF EXISTS' },
];

/** Says what stops a statement from being run twice safely; null when nothing does. `code` has quoted text taken out. */
export function statementProblem(subject: Subject, beforeSubject: string, code: string): string | null {
  const { pattern, shape } = openings[subject.kind];
  if (!pattern.test(`${oneLine(beforeSubject)} `)) return `{{${subject.kind}:…}} belongs in ${shape}`;
  if (subject.kind === 'fill') {
    const missing = repeatable.find((words) => !oneLine(code).includes(words));
    if (missing !== undefined) return `INSERT needs ${missing}, so that running it twice is harmless`;
  }
  for (const { pattern: missing, guard } of unguarded) {
    const [found] = missing.exec(oneLine(code)) ?? [];
    if (found !== undefined) return `"${found}" needs ${guard}, so that running it twice is harmless`;
  }
  return null;
}

function oneLine(sql: string): string {
  return sql.trim().replace(/\s+/g, ' ');
}
