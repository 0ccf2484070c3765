import { z } from 'zod';

const count = z.number().int().nonnegative();
const value = z.number().nonnegative().nullable();

export const sliNames = [
  'success',
  'latency',
  'coldStart',
  'throttle',
  'timeout',
  'retry',
  'duplicate',
  'error',
  'initTime',
  'eventAge',
  'memory',
  'authFailure',
  'availability',
  'traceLatency',
  'coverage',
  'concurrency',
  'saturation',
  'dependencyError',
  'dependencyLatency',
  'dlqGrowth',
  'dlqRate',
  'queueAge',
  'timeToRemediation',
  'costPerMillion',
] as const;
export const SliName = z.enum(sliNames);
export type SliName = z.infer<typeof SliName>;

export const SliUnit = z.enum(['ratio', 'ms', 'count', 'usd']);
export type SliUnit = z.infer<typeof SliUnit>;

const SliPoint = z
  .object({
    at: z.iso.datetime().meta({ description: 'Start of the step; the first may begin before the window' }),
    good: count,
    total: count,
    value: value.meta({
      description: 'In `unit`; good / total where that is a ratio. Null when there was nothing',
    }),
  })
  .meta({ id: 'SliPoint' });
export type SliPoint = z.infer<typeof SliPoint>;

/** One figure for a whole window. */
const SliSummary = z
  .object({
    good: count,
    total: count,
    value,
    coldBad: count.nullable().meta({
      description:
        'Of those that were not good, how many began with a cold start. Null where that is not told',
    }),
    coldBadRatio: value.meta({
      description: 'Share of the bad ones, and so of what was spent of an error budget, that began cold',
    }),
  })
  .meta({ id: 'SliSummary' });
export type SliSummary = z.infer<typeof SliSummary>;

const labels = z.record(z.string(), z.string());

const SliSeries = z
  .object({
    labels,
    summary: SliSummary.meta({ description: 'Of the whole window' }),
    compared: SliSummary.nullable().meta({
      description: 'The same of what it is compared with; null without `compare` and where there was nothing',
    }),
    points: z.array(SliPoint),
  })
  .meta({ id: 'SliSeries' });
export type SliSeries = z.infer<typeof SliSeries>;

const SliCompared = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    version: z.string().nullable(),
    series: z.array(z.object({ labels, points: z.array(SliPoint) })),
  })
  .meta({ id: 'SliCompared' });

/** The answer of GET /api/v1/sli. */
export const SliAnswer = z
  .object({
    sli: SliName,
    unit: SliUnit.meta({ description: 'Of every `value`' }),
    from: z.iso.datetime().meta({ description: 'Start of the window as answered, included' }),
    to: z.iso.datetime().meta({ description: 'End of the window as answered, not included' }),
    stepMs: z.number().int().positive(),
    series: z.array(SliSeries),
    compared: SliCompared.nullable().meta({
      description: 'The same question of the period before, or of another version; null without `compare`',
    }),
  })
  .meta({ id: 'SliAnswer' });
