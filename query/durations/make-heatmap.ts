import type { Heatmap } from '../../schemas/latency.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { bucketRange } from '../latency/bucket.js';
import { heatmapEdges } from '../latency/heatmap-rows.js';
import { coarsestFor, columnsOf, stepFor } from '../window/step.js';
import { leastStepMs, windowParts } from '../window/window-parts.js';
import type { OfFunction } from './of-function.js';
import { readBuckets } from './read-buckets.js';
import { readHeatmapCells } from './read-heatmap.js';

export type HeatmapRequest = OfFunction & { from: Date; to: Date; columns: number; rows: number };

/** Durations over time: log-spaced rows that span what the window holds, and columns of a readable step. */
export async function makeHeatmap(
  warehouse: TenantWarehouse,
  { from, to, columns: most, rows, ...whose }: HeatmapRequest,
  now: Date,
  options?: StatementOptions,
): Promise<Heatmap> {
  const stepMs = stepFor({ from, to }, most, leastStepMs({ from }, now));
  const parts = windowParts({ from, to }, now, coarsestFor(stepMs));
  const columns = columnsOf(parts, stepMs);
  const buckets = [...(await readBuckets(warehouse, { ...parts, ...whose }, options)).keys()];
  const [lowest, highest] = [buckets.at(0), buckets.at(-1)];
  const edges = lowest === undefined || highest === undefined ? [] : heatmapEdges(lowest, highest, rows);
  const cells =
    edges.length === 0
      ? []
      : await readHeatmapCells(warehouse, { ...parts, ...whose, stepMs, edges }, options);
  const counts = columns.map(() => edges.map(() => 0));
  const cold = columns.map(() => edges.map(() => 0));
  const firstMs = columns[0]?.getTime() ?? 0;
  for (const cell of cells) {
    // Rows that came since the range was read may lie outside it; the outermost rows take them.
    const row = Math.min(edges.length, Math.max(1, cell.row)) - 1;
    const column = (cell.column - firstMs) / stepMs;
    add(counts, column, row, cell.n);
    if (cell.is_cold) add(cold, column, row, cell.n);
  }
  return {
    from: parts.from.toISOString(),
    to: parts.to.toISOString(),
    stepMs,
    columns: columns.map((at) => at.toISOString()),
    rows: edges.map((edge) => bucketRange(edge).lowUs / 1000),
    topMs: highest === undefined ? null : bucketRange(highest).highUs / 1000,
    counts: counts.map((column) => column.map(Math.round)),
    cold: cold.map((column) => column.map(Math.round)),
    count: counts.flat().reduce((sum, n) => sum + Math.round(n), 0),
  };
}

function add(cells: number[][], column: number, row: number, n: number): void {
  const cellsOfColumn = cells[column];
  if (cellsOfColumn !== undefined) cellsOfColumn[row] = (cellsOfColumn[row] ?? 0) + n;
}
