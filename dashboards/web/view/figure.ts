/** A number and its unit are kept together by this space; panels draw what follows it quieter. */
export const unitSpace = '\u202f';

/** Shown for what is not known; never a zero. */
export const unknown = '—';

/** Three significant digits, so columns stay calm: 1.24, 12.4, 124. */
export function threeDigits(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

type Step = { unit: string; size: number };

/** `value` in the largest step it fills, where rounding up carries over: 999.96 k is 1.00 M. */
export function scaled(value: number, steps: readonly [Step, ...Step[]]): string {
  let chosen = steps[0];
  for (const step of steps) if (Math.round(value / chosen.size) >= step.size / chosen.size) chosen = step;
  return `${threeDigits(value / chosen.size)}${unitSpace}${chosen.unit}`;
}
