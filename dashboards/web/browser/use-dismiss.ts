import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes what is open on a press or focus elsewhere, and on Escape, which gives the focus back to its button. */
export function useDismiss(root: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) close();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      close();
      root.current?.querySelector('button')?.focus();
    };
    addEventListener('pointerdown', onPress);
    addEventListener('focusin', onPress);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onPress);
      removeEventListener('focusin', onPress);
    };
  }, [isOpen]);
}
