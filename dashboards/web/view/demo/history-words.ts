import type { Demo } from '../../../../schemas/demo.js';
import { unitSpace } from '../figure.js';

/** "history 34 %" while it is being made; null when it is whole, or when there is none. */
export function historyText(history: Demo['history']): string | null {
  if (history === null || history.doneRatio >= 1) return null;
  return `history ${Math.floor(history.doneRatio * 100)}${unitSpace}%`;
}
