import { z } from 'zod';

const answered = {
  from: z.iso.datetime().meta({ description: 'Start of the window as answered, included' }),
  to: z.iso.datetime().meta({ description: 'End of the window as answered, not included' }),
};
const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();

/** The answer of GET /api/v1/latency. */
export const LatencySummary = z
  .object({
    ...answered,
    count: count.meta({ description: 'Invocations that ran, by their weight' }),
    isExact: z.boolean().meta({
      description:
        'True when taken from single rows (at most 512, while rows are kept); else a quantile is within 0.4 % or 1 us',
    }),
    quantilesMs: z
      .record(z.string(), ms.nullable())
      .meta({ description: 'By quantile as asked: the nearest rank; null when nothing ran' }),
    under: z
      .array(
        z.object({
          thresholdMs: ms,
          count: count.meta({ description: 'Invocations that took less' }),
          uncertainCount: count.meta({ description: 'By at most so many the count is off' }),
        }),
      )
      .meta({ description: 'For each threshold asked for' }),
  })
  .meta({ id: 'LatencySummary' });

const cells = z.array(z.array(count));

/** The answer of GET /api/v1/heatmap. */
export const Heatmap = z
  .object({
    ...answered,
    stepMs: z.number().int().positive(),
    columns: z
      .array(z.iso.datetime())
      .meta({ description: 'Start of each column; the first may begin before from' }),
    rows: z
      .array(ms)
      .meta({ description: 'Low end of each row, ascending; each ends where the next begins' }),
    topMs: ms.nullable().meta({ description: 'High end of the last row; null when there is none' }),
    counts: cells.meta({ description: 'By column, then row: invocations, warm and cold together' }),
    cold: cells.meta({ description: 'Those of them that began with a cold start' }),
    count: count.meta({ description: 'Sum of all cells: every invocation of the window that ran' }),
  })
  .meta({ id: 'Heatmap' });
export type Heatmap = z.infer<typeof Heatmap>;
