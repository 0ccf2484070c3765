/** ceil(q n), not misled by products such as 0.07 * 100 that come out a hair above the whole number they are. */
export function nearestRank(quantile: number, total: number): number {
  return Math.ceil(quantile * total * (1 - 1e-12));
}
