const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** "3d 6h", "17m 17s", "52s": the two largest units that are not nothing. */
export function windowText(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)}ms`;
  let restMs = Math.round(durationMs / 1_000) * 1_000;
  const parts: string[] = [];
  for (const [unit, ms] of units) {
    const count = Math.floor(restMs / ms);
    if (count === 0 && parts.length === 0) continue;
    if (parts.length === 2) break;
    restMs -= count * ms;
    parts.push(count === 0 ? '' : `${count}${unit}`);
  }
  return parts.filter((part) => part !== '').join(' ');
}
