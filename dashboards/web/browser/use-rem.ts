import { useMedia } from './use-media.js';

/** Pixels of one rem: sizes follow the reader's font size, and grow once on very wide screens (see base.css). */
export function useRem(): number {
  useMedia('(min-width: 2200px)');
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
