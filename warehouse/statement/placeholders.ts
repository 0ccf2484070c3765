import { WarehouseError } from '../warehouse-error.js';

/** Quoted text, quoted names and comments are skipped whole; what is left that looks like `{name: Type` is one. */
const Token =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{\s*([A-Za-z_]\w*)\s*:/g;

/** The names of the `{name: Type}` placeholders of a statement. */
export function placeholders(sql: string): Set<string> {
  const names = new Set<string>();
  for (const [, name] of sql.matchAll(Token)) if (name !== undefined) names.add(name);
  return names;
}

/**
 * Refuses a statement whose placeholders are not all given. A pooled session remembers the values of the statement
 * before, perhaps another tenant's, so this must not be left to the engine.
 */
export function requireParams(sql: string, params: ReadonlyMap<string, string>, queryId: string): void {
  const missing = [...placeholders(sql)].filter((name) => !params.has(name));
  if (missing.length === 0) return;
  throw new WarehouseError('bad-query', `No value was given for the parameter ${missing.join(', ')}`, {
    code: 456,
    queryId,
  });
}
