import { statementProblem } from './check-statement.js';
import { type Detail, isSubject, type Macro, macroForms, parseMacro, type Subject } from './macro.js';
import { type SqlToken, scanSql, splitStatements } from './scan-sql.js';
import {
  onCluster,
  type Placement,
  type Placements,
  replicaArguments,
  storageTable,
  type Target,
} from './target.js';

// How many past inserts a table remembers, to drop one that comes again: far more than can be in doubt after a crash.
// On a cluster they are also remembered for a week, since a spool may wait that long for the servers to come back.
const deduplicationWindow = 10_000;
const deduplicationWindowSeconds = 7 * 24 * 3600;

export type Rendered = { statements: string[]; placements: Placements };

type Part = { kind: 'text'; text: string } | { kind: 'macro'; macro: Macro };

/**
 * Turns one file into the statements that build it on a target, in order. `known` says how the tables of earlier
 * files lie; the answer's `placements` adds this file's. Throws an Error whose message says what is wrong.
 */
export function renderMigration(text: string, target: Target, known: Placements = new Map()): Rendered {
  const placements = new Map(known);
  const statements: string[] = [];
  for (const tokens of splitStatements(scanSql(text))) {
    const parts = tokens.map(toPart);
    const subject = subjectOf(parts, tokens);
    if (subject.kind === 'table') {
      if (placements.has(subject.name)) throw new Error(`creates the table ${subject.name} a second time`);
      placements.set(subject.name, subject.placement);
    }
    statements.push(...renderStatement(parts, subject, target, placements));
    if (subject.kind === 'drop') placements.delete(subject.name);
  }
  if (statements.length === 0) throw new Error('holds no statement');
  return { statements, placements };
}

function toPart({ kind, text }: SqlToken): Part {
  if (kind !== 'macro') return { kind: 'text', text };
  const macro = parseMacro(text);
  if (macro === null) throw new Error(`${text} is not a known macro; known are ${macroForms.join(', ')}`);
  return { kind: 'macro', macro };
}

function subjectOf(parts: readonly Part[], tokens: readonly SqlToken[]): Subject {
  const subjects = parts.flatMap((part) =>
    part.kind === 'macro' && isSubject(part.macro) ? [part.macro] : [],
  );
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1) {
    const start = tokens
      .map(({ text }) => text)
      .join('')
      .trim()
      .slice(0, 60);
    throw new Error(
      `the statement "${start}…" needs exactly one of {{table}}, {{view}}, {{columns}}, {{storage}}, {{drop}}, {{fill}}; it has ${subjects.length}`,
    );
  }
  const at = parts.findIndex((part) => part.kind === 'macro' && part.macro === subject);
  const before = tokens
    .slice(0, at)
    .map(({ text }) => text)
    .join('');
  const code = tokens.map(({ kind, text }) => (kind === 'code' ? text : ' _ ')).join('');
  const problem = statementProblem(subject, before, code);
  if (problem !== null) throw new Error(problem);
  return subject;
}

function renderStatement(parts: Part[], subject: Subject, target: Target, placements: Placements): string[] {
  const placement = subject.kind === 'view' ? null : placementOf(subject.name, placements);
  const withSubject = (subjectSql: string) =>
    parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        return isSubject(part.macro) ? subjectSql : renderDetail(part.macro, subject, target, placements);
      })
      .join('')
      .trim();
  const visible = `${target.database}.${subject.name}`;
  if (placement === null) return [withSubject(`${visible}${onCluster(target)}`)];
  // Rows go to their shards through the table above them, once, whoever runs it.
  if (subject.kind === 'fill') return [withSubject(visible)];
  const stored = storageTable(target, subject.name, placement);
  const onStored = withSubject(`${stored}${onCluster(target)}`);
  if (target.kind === 'single' || placement.kind === 'every-node' || subject.kind === 'storage')
    return [onStored];
  if (subject.kind === 'table') return [onStored, distributedOver(stored, visible, placement.key, target)];
  const onVisible = withSubject(`${visible}${onCluster(target)}`);
  // A column that goes must leave the Distributed table first, or queries would ask the shards for what they lack.
  const goes = subject.kind === 'drop' || /\b(DROP|RENAME) COLUMN\b/i.test(onStored);
  return goes ? [onVisible, onStored] : [onStored, onVisible];
}

function distributedOver(
  stored: string,
  visible: string,
  key: string,
  target: Target & { kind: 'cluster' },
): string {
  const [, table = ''] = stored.split('.');
  return [
    `CREATE TABLE IF NOT EXISTS ${visible}${onCluster(target)} AS ${stored}`,
    `ENGINE = Distributed('${target.cluster}', '${target.database}', '${table}', ${key})`,
  ].join('\n');
}

function renderDetail(detail: Detail, subject: Subject, target: Target, placements: Placements): string {
  if (detail.kind === 'local' || detail.kind === 'whole') {
    const stored = storageTable(target, detail.name, placementOf(detail.name, placements));
    return detail.kind === 'local' ? stored : `${target.database}.${detail.name}`;
  }
  if (subject.kind !== 'table')
    throw new Error(`{{${detail.kind}:…}} only belongs where a {{table:…}} is created`);
  if (detail.kind === 'settings') {
    return target.kind === 'single'
      ? `non_replicated_deduplication_window = ${deduplicationWindow}`
      : `replicated_deduplication_window = ${deduplicationWindow}, replicated_deduplication_window_seconds = ${deduplicationWindowSeconds}`;
  }
  const { family, parameters } = detail;
  if (target.kind === 'single') return parameters === '' ? family : `${family}(${parameters})`;
  const replica = replicaArguments(target, subject.name, subject.placement);
  return `Replicated${family}(${[replica, parameters].filter((part) => part !== '').join(', ')})`;
}

function placementOf(name: string, placements: Placements): Placement {
  const placement = placements.get(name);
  if (placement === undefined) throw new Error(`names the table ${name}, which no earlier statement creates`);
  return placement;
}
