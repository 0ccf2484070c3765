export type VirtualWindow = { first: number; end: number; beforePx: number; afterPx: number };

/** Which of `count` equally high rows to draw: those in view and `overscan` around them, [first, end). */
export function virtualWindow(
  scrolledPx: number,
  viewportPx: number,
  rowPx: number,
  count: number,
  overscan = 8,
): VirtualWindow {
  const top = Math.floor(Math.max(0, scrolledPx) / rowPx);
  const shown = Math.ceil(Math.max(0, viewportPx) / rowPx) + 1;
  const first = Math.max(0, Math.min(top - overscan, count - shown));
  const end = Math.min(count, top + shown + overscan);
  return {
    first,
    end: Math.max(first, end),
    beforePx: first * rowPx,
    afterPx: Math.max(0, count - end) * rowPx,
  };
}
