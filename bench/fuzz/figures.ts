/** One figure; `aim` says in words what it should be. */
export type Row = { measure: string; value: number; unit: string; aim?: string };

/** By how much values grow from one to the next: the slope of the straight line that fits them best. */
export function slopePerRound(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return rise / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}
