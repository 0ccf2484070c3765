/** Share of a part in a total; null of nothing, because 0 of 0 is neither good nor bad. */
export function shareOf(part: number, total: number): number | null {
  return total === 0 ? null : part / total;
}
