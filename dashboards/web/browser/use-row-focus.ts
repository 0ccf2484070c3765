import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What sticks to the top of the page and would cover a focused row, in rows. */
const coveredRows = 2.5;

export type RowFocus = {
  /** The one row the Tab key reaches; arrows move it. */
  current: number;
  focusRow: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** Arrow keys over rows of which only those in view exist: scrolls first, focuses once the row is drawn. */
export function useRowFocus(
  count: number,
  rowPx: number,
  top: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
): RowFocus {
  const [wanted, setWanted] = useState(0);
  const pending = useRef<number | null>(null);
  const current = Math.min(wanted, Math.max(0, count - 1));

  useLayoutEffect(() => {
    if (pending.current === null) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${pending.current}"]`);
    if (row === null || row === undefined) return;
    pending.current = null;
    row.focus({ preventScroll: true });
  });

  const focusRow = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(count - 1, index));
      pending.current = next;
      setWanted(next);
      const rowTop = (top.current?.getBoundingClientRect().top ?? 0) + next * rowPx;
      const least = coveredRows * rowPx;
      const most = innerHeight - 1.5 * rowPx;
      if (rowTop < least) scrollBy(0, rowTop - least);
      else if (rowTop > most) scrollBy(0, rowTop - most);
      list.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true });
    },
    [count, rowPx, top, list],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const target = targetOf(event.key, current, count);
      if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      focusRow(target);
    },
    [current, count, focusRow],
  );

  return { current, focusRow, onKeyDown };
}

function targetOf(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + 10;
    case 'PageUp':
      return current - 10;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
