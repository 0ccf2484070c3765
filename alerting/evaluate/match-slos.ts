import { dimensions, matchesGlob } from '../../schemas/slo/selector.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';

type Dimension = (typeof dimensions)[number];
/** The values runs are chosen by; a dimension that is not kept is empty. */
export type Place = Readonly<Record<Dimension, string>>;

/** `index` is that of the definition; `scope` the value there is one objective for each of. */
export type Match = { readonly index: number; readonly scope: string };

/** More places than this are forgotten rather than kept. */
const mostRemembered = 100_000;
const none: readonly number[] = [];

/** Says which objectives the runs of a place belong to; decided once for each place. */
export function createMatcher(definitions: readonly SloDefinition[]): (place: Place) => readonly Match[] {
  const byFunction = new Map<string, number[]>();
  const others: number[] = [];
  for (const [index, { where }] of definitions.entries()) {
    const names = where.function ?? [];
    if (names.length === 0 || names.some((name) => /[*?]/.test(name))) others.push(index);
    else for (const name of new Set(names)) byFunction.set(name, [...(byFunction.get(name) ?? []), index]);
  }
  const remembered = new Map<string, readonly Match[]>();

  const decide = (place: Place): Match[] =>
    [...(byFunction.get(place.function) ?? none), ...others].flatMap((index) => {
      const definition = definitions[index];
      const scope = definition === undefined ? null : scopeIn(definition, place);
      return scope === null ? [] : [{ index, scope }];
    });

  return (place) => {
    const key = dimensions.map((dimension) => place[dimension]).join('\u0000');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (remembered.size >= mostRemembered) remembered.clear();
    const found = decide(place);
    remembered.set(key, found);
    return found;
  };
}

/** The scope an objective counts a place in; null when it does not select it. */
export function scopeIn(definition: SloDefinition, place: Place): string | null {
  if (!selects(definition, place)) return null;
  return definition.per === undefined ? '' : place[definition.per];
}

function selects({ where }: SloDefinition, place: Place): boolean {
  return dimensions.every((dimension) => {
    const globs = where[dimension];
    return globs === undefined || globs.some((glob) => matchesGlob(place[dimension], glob));
  });
}
