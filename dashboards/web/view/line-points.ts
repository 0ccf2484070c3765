/** The points of a line through all values, in a box of this size; null when there is nothing to draw. */
export function linePoints(
  values: readonly number[],
  { width, height }: { width: number; height: number },
): string | null {
  const most = Math.max(0, ...values);
  if (most === 0 || values.length < 2) return null;
  return values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * width;
      const y = height - (value / most) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
