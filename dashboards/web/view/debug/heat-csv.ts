import type { Heatmap } from '../../../../schemas/latency.js';

/** Every cell of the map that holds a run, as rows: times in UTC, durations in ms. */
export function heatCsvRows(map: Heatmap): (string | number)[][] {
  const rows = map.counts.flatMap((counts, column) =>
    counts.flatMap((count, row) => {
      if (count === 0) return [];
      const startMs = Date.parse(map.columns[column] ?? map.from);
      const cold = map.cold[column]?.[row] ?? 0;
      const times = [new Date(startMs).toISOString(), new Date(startMs + map.stepMs).toISOString()];
      return [[...times, map.rows[row] ?? 0, map.rows[row + 1] ?? map.topMs ?? '', count - cold, cold]];
    }),
  );
  return [['from', 'to', 'least ms', 'below ms', 'warm', 'cold'], ...rows];
}
