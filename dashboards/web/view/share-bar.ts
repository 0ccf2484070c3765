/** Width of the failed part in a bar of `width` units: anything failed shows at least `least`, anything good too. */
export function badWidth(bad: number, total: number, width: number, least: number): number {
  if (total === 0 || bad === 0) return 0;
  if (bad === total) return width;
  return Math.min(width - least, Math.max(least, (bad / total) * width));
}
