/** One figure; `aim` says in words what it should be. */
export type Row = { measure: string; value: number; unit: string; aim?: string };

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
