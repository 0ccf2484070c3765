import { z } from 'zod';

const count = z.number().int().nonnegative();

export const SliName = z.enum([
  'success',
  'latency',
  'coldStart',
  'throttle',
  'timeout',
  'retry',
  'duplicate',
]);
export type SliName = z.infer<typeof SliName>;

const SliPoint = z
  .object({
    at: z.iso.datetime().meta({ description: 'Start of the step; the first may begin before the window' }),
    good: count,
    total: count,
    value: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: 'good / total; null when there was nothing' }),
  })
  .meta({ id: 'SliPoint' });
export type SliPoint = z.infer<typeof SliPoint>;

const SliSeries = z
  .object({ labels: z.record(z.string(), z.string()), points: z.array(SliPoint) })
  .meta({ id: 'SliSeries' });
export type SliSeries = z.infer<typeof SliSeries>;

/** The answer of GET /api/v1/sli. */
export const SliAnswer = z
  .object({
    sli: SliName,
    from: z.iso.datetime().meta({ description: 'Start of the window as answered, included' }),
    to: z.iso.datetime().meta({ description: 'End of the window as answered, not included' }),
    stepMs: z.number().int().positive(),
    series: z.array(SliSeries),
  })
  .meta({ id: 'SliAnswer' });
