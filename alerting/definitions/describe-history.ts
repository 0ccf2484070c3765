import { isDeepStrictEqual } from 'node:util';
import { writeSlo } from '../../schemas/slo/write-slo.js';
import { readDefinition, type SloVersion } from './fold-versions.js';

/** Each version with what it changed, latest first. */
export function describeHistory(versions: readonly SloVersion[]): (SloVersion & { change: string })[] {
  let before: Record<string, unknown> | null = null;
  const told = versions.map((version) => {
    const definition = version.event === 'delete' ? null : readDefinition(version.definition);
    const after = definition === null ? null : writeSlo(definition);
    const change = changeText(before, after);
    before = after;
    return { ...version, change };
  });
  return told.reverse();
}

/** "objective 99 % → 99.9 %; period 30d → 28d": old and new on one line. */
function changeText(before: Record<string, unknown> | null, after: Record<string, unknown> | null): string {
  if (after === null) return 'deleted';
  if (before === null) return 'created';
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (changed.length === 0) return 'put again';
  return changed.map((name) => `${name} ${textOf(before[name])} → ${textOf(after[name])}`).join('; ');
}

function textOf(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
