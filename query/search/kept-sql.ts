/**
 * Conditions of what is asked for, each after an AND; null asks for nothing, while empty is what no sender named. A condition that keeps everything is left out
 * rather than written as "null or equal": a search has two dozen of them and up to ten statements, and planning them took
 * longer than reading.
 */
export function keptSql<Name extends string>(
  conditions: Readonly<Record<Name, string>>,
  asked: Readonly<Record<Name, unknown>>,
): string {
  return Object.entries<string>(conditions)
    .filter(([name]) => asked[name as Name] !== null)
    .map(([, condition]) => `AND ${condition}`)
    .join('\n    ');
}
