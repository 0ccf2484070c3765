import type { Placement } from './target.js';

/**
 * The words a migration file may put in `{{…}}`. A statement has exactly one subject (what it creates, alters or
 * drops); the others may follow in it. `docs/migrations.md` explains them to authors.
 */
export type Subject =
  | { kind: 'table'; name: string; placement: Placement }
  | { kind: 'view' | 'columns' | 'storage' | 'drop' | 'fill'; name: string };
export type Detail =
  | { kind: 'engine'; family: string; parameters: string }
  | { kind: 'settings'; deduplicated: true }
  | { kind: 'local'; name: string }
  | { kind: 'whole'; name: string };
export type Macro = Subject | Detail;

const table = /^table:(\w+) (?:sharded by (.+)|(on every node))$/;
const named = /^(view|columns|storage|drop|fill|local|whole):(\w+)$/;
const engine = /^engine:(\w*MergeTree)(?:\((.*)\))?$/;

export const macroForms = [
  '{{table:NAME sharded by KEY}}',
  '{{table:NAME on every node}}',
  '{{view:NAME}}',
  '{{columns:NAME}}',
  '{{storage:NAME}}',
  '{{drop:NAME}}',
  '{{fill:NAME}}',
  '{{local:NAME}}',
  '{{whole:NAME}}',
  '{{engine:…MergeTree}}',
  '{{settings:deduplicated}}',
] as const;

/** Reads one `{{…}}`; null when it is none of the known forms. */
export function parseMacro(text: string): Macro | null {
  const body = text.slice(2, -2).trim().replace(/\s+/g, ' ');
  const [, tableName, key, everyNode] = table.exec(body) ?? [];
  if (tableName !== undefined && key !== undefined)
    return { kind: 'table', name: tableName, placement: { kind: 'sharded', key } };
  if (tableName !== undefined && everyNode !== undefined)
    return { kind: 'table', name: tableName, placement: { kind: 'every-node' } };
  const [, word, name] = named.exec(body) ?? [];
  if (name !== undefined && isNamed(word)) return { kind: word, name };
  const [, family, parameters = ''] = engine.exec(body) ?? [];
  if (family !== undefined && !family.startsWith('Replicated')) return { kind: 'engine', family, parameters };
  return body === 'settings:deduplicated' ? { kind: 'settings', deduplicated: true } : null;
}

type Named = 'view' | 'columns' | 'storage' | 'drop' | 'fill' | 'local' | 'whole';

function isNamed(word: string | undefined): word is Named {
  return ['view', 'columns', 'storage', 'drop', 'fill', 'local', 'whole'].includes(word ?? '');
}

export function isSubject(macro: Macro): macro is Subject {
  return !['engine', 'settings', 'local', 'whole'].includes(macro.kind);
}
