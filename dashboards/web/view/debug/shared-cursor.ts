import type { FixedWindow } from './debug-state.js';

/** The instant pointed at, the same in every chart of a page. */
export type SharedCursor = {
  point: (atMs: number | null) => void;
  /** Where it stands in a chart of this span; null when nowhere. */
  ratioIn: (span: FixedWindow) => number | null;
};

export function sharedCursor(atMs: number | null, point: (atMs: number | null) => void): SharedCursor {
  return {
    point,
    ratioIn: ({ fromMs, toMs }) =>
      atMs === null || atMs < fromMs || atMs >= toMs ? null : (atMs - fromMs) / (toMs - fromMs),
  };
}
