import type { Heatmap } from '../../../../schemas/latency.js';
import { clockTime } from '../clock-time.js';
import { exactCount, formatCount } from '../format-count.js';
import { formatDuration } from '../format-duration.js';
import type { FixedWindow } from './debug-state.js';

/** Which starts to show in full; the others are left out. */
export type HeatLayer = 'both' | 'cold' | 'warm';

/** Of the filter by kind of start. */
export function layerOf(cold: boolean | null): HeatLayer {
  return cold === null ? 'both' : cold ? 'cold' : 'warm';
}

export type Cell = { column: number; row: number };

export type HeatRect = {
  x: number;
  y: number;
  width: number;
  height: number;
  kind: 'warm' | 'cold';
  /** How strong its colour is, (0, 1]. */
  strength: number;
};

/** What the grid covers as drawn: whole columns. */
export function heatSpan({ columns, stepMs, from, to }: Heatmap): FixedWindow {
  const first = columns[0];
  const last = columns.at(-1);
  if (first === undefined || last === undefined) return { fromMs: Date.parse(from), toMs: Date.parse(to) };
  return { fromMs: Date.parse(first), toMs: Date.parse(last) + stepMs };
}

/**
 * The filled parts of all cells. Strength follows the logarithm of the count, so that one slow run among thousands is
 * seen. A cell with both kinds is split in width by their shares, never narrower than a quarter.
 */
export function heatRects(
  map: Heatmap,
  layer: HeatLayer,
  size: { width: number; height: number },
): HeatRect[] {
  const most = Math.max(1, ...map.counts.flat());
  const strength = (count: number) => 0.22 + 0.78 * (Math.log1p(count) / Math.log1p(most));
  const edgeX = (column: number) => Math.round((column / map.columns.length) * size.width);
  const edgeY = (row: number) => Math.round(size.height - (row / map.rows.length) * size.height);
  // A gap tells cells apart; between narrow ones it would eat them.
  const gapX = size.width / map.columns.length > 4 ? 1 : 0;
  const gapY = size.height / map.rows.length > 4 ? 1 : 0;
  const rects: HeatRect[] = [];
  for (const [column, counts] of map.counts.entries())
    for (const [row, count] of counts.entries()) {
      const cold = layer === 'warm' ? 0 : (map.cold[column]?.[row] ?? 0);
      const warm = layer === 'cold' ? 0 : count - (map.cold[column]?.[row] ?? 0);
      if (cold + warm <= 0) continue;
      const x = edgeX(column);
      const width = Math.max(1, edgeX(column + 1) - x - gapX);
      const y = edgeY(row + 1);
      const height = Math.max(1, edgeY(row) - y - gapY);
      const share = Math.min(0.75, Math.max(0.25, cold / (cold + warm)));
      const coldWidth = cold === 0 ? 0 : warm === 0 ? width : Math.round(width * share);
      if (coldWidth > 0)
        rects.push({ x, y, width: coldWidth, height, kind: 'cold', strength: strength(cold) });
      if (coldWidth < width && warm > 0)
        rects.push({
          x: x + coldWidth,
          y,
          width: width - coldWidth,
          height,
          kind: 'warm',
          strength: strength(warm),
        });
    }
  return rects;
}

/** The cell at a place given as shares of width and height from the top left. */
export function cellAt(map: Heatmap, x: number, y: number): Cell {
  const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(value)));
  return {
    column: clamp(x * map.columns.length, map.columns.length),
    row: clamp((1 - y) * map.rows.length, map.rows.length),
  };
}

/** What the list must be kept to so that it holds exactly the invocations of a cell. */
export function cellFilter(map: Heatmap, { column, row }: Cell) {
  const startMs = Date.parse(map.columns[column] ?? map.from);
  return {
    listed: {
      fromMs: Math.max(startMs, Date.parse(map.from)),
      toMs: Math.min(startMs + map.stepMs, Date.parse(map.to)),
    },
    minMs: map.rows[row] ?? 0,
    maxMs: map.rows[row + 1] ?? map.topMs,
  };
}

/** The same for all cells from the earliest and shortest to the latest and longest. */
export function regionFilter(map: Heatmap, least: Cell, most: Cell) {
  const [from, to] = [cellFilter(map, least), cellFilter(map, most)];
  return {
    listed: { fromMs: from.listed.fromMs, toMs: to.listed.toMs },
    minMs: from.minMs,
    maxMs: to.maxMs,
  };
}

/** One cell in words. */
export function cellText(map: Heatmap, cell: Cell): string {
  const { listed, minMs, maxMs } = cellFilter(map, cell);
  const count = map.counts[cell.column]?.[cell.row] ?? 0;
  const cold = map.cold[cell.column]?.[cell.row] ?? 0;
  const when = `${clockTime(listed.fromMs, map.stepMs)} to ${clockTime(listed.toMs, map.stepMs)}`;
  const took = `${formatDuration(minMs)} to ${formatDuration(maxMs)}`;
  if (count === 0) return `${when} · ${took} · nothing`;
  return `${when} · ${took} · ${formatCount(count)} ${count === 1 ? 'invocation' : 'invocations'}, ${formatCount(cold)} cold`;
}

/** The whole map in words, for those who do not see it. */
export function heatText(map: Heatmap): string {
  const cold = map.cold.flat().reduce((sum, count) => sum + count, 0);
  let fullest: Cell = { column: 0, row: 0 };
  let most = 0;
  for (const [column, counts] of map.counts.entries())
    for (const [row, count] of counts.entries())
      if (count > most) {
        most = count;
        fullest = { column, row };
      }
  return `${exactCount(map.count)} invocations took ${formatDuration(map.rows[0] ?? null)} to ${formatDuration(map.topMs)}; ${exactCount(cold)} of them began cold. The fullest cell: ${cellText(map, fullest)}.`;
}

/** Round durations inside the map, at most so many, as shares of the height from the top; between two rows by their logarithm. */
export function durationTicks(map: Heatmap, most: number): { label: string; ratio: number }[] {
  const edges = [...map.rows, map.topMs ?? map.rows.at(-1) ?? 0];
  const ratioOf = (ms: number): number | null => {
    const above = edges.findIndex((edge) => edge > ms);
    const [low, high] = [edges[above - 1], edges[above]];
    if (low === undefined || high === undefined) return null;
    const part = low <= 0 ? ms / high : Math.log(ms / low) / Math.log(high / low);
    return 1 - (above - 1 + part) / map.rows.length;
  };
  for (const factors of roundFactors) {
    const ticks = decades
      .flatMap((decade) => factors.map((factor) => factor * decade))
      .map((ms) => ({ label: formatDuration(ms).replace(/\.0+(?=\D)/, ''), ratio: ratioOf(ms) }))
      .filter((tick): tick is { label: string; ratio: number } => tick.ratio !== null);
    if (ticks.length <= most) return ticks;
  }
  return [];
}

/** From a microsecond to a day, in ms. */
const decades = Array.from({ length: 12 }, (_, power) => 10 ** (power - 3));
const roundFactors = [[1, 2, 5], [1, 3], [1]];
