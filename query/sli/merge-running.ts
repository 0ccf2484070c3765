/** Of one step: minutes told of, those within the bound, and the most at once. */
export type RunningRow = { column: number; labels: string[]; total: number; good: number; highest: number };

/** Answers about different functions as one: minutes add up, of what ran at once the highest counts. In order of time. */
export function mergeRunning(answers: readonly (readonly RunningRow[])[]): RunningRow[] {
  const merged = new Map<string, RunningRow>();
  for (const row of answers.flat()) {
    const key = JSON.stringify([row.column, row.labels]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...row });
    else {
      known.total += row.total;
      known.good += row.good;
      known.highest = Math.max(known.highest, row.highest);
    }
  }
  return [...merged.values()].sort((one, other) => one.column - other.column);
}
