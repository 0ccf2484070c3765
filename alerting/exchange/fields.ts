import { isRecord } from './yaml-objects.js';

/** What lies at a path of keys; undefined when anything on the way is not there. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (!isRecord(found)) return undefined;
    found = found[key];
  }
  return found;
}

/** A text, or a number as text; undefined when it is neither or empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Labels are texts, or lists of texts in OpenSLO. */
export function labelsAt(value: unknown, ...path: readonly string[]): ReadonlyMap<string, string> {
  const found = at(value, ...path);
  if (!isRecord(found)) return new Map();
  const entries = Object.entries(found).flatMap(([name, label]): [string, string][] => {
    const text = Array.isArray(label) ? label.map(String).join(',') : String(label ?? '');
    return text === '' ? [] : [[name, text]];
  });
  return new Map(entries);
}
