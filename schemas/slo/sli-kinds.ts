import { z } from 'zod';
import { duration } from '../config/duration.js';
import { nearest } from '../nearest.js';
import { FilterText } from './filter/filter-text.js';
import { ShareText } from './percent.js';

const minuteMs = 60_000;
const longestDurationMs = 24 * 60 * minuteMs;

const count = z.enum(['attempts', 'requests']).default('attempts').meta({
  description:
    'attempts: each run counts. requests: a request counts once, by its final outcome, however often it was tried',
});
const coldStarts = z.enum(['included', 'excluded']).default('included').meta({
  description: 'Whether runs that began with a cold start count at all',
});
const under = duration({ atLeastMs: 1, atMostMs: longestDurationMs }).meta({
  description: 'Good below this',
});
/** Says which kinds there are, and which one a wrong word is nearest to. */
function mustBeOneOf(known: readonly string[]) {
  return ({ input }: { input?: unknown }): string => {
    const given = z.object({ kind: z.string() }).safeParse(input).data?.kind;
    const near = given === undefined || known.includes(given) ? null : nearest(given, known);
    return `must be one of ${known.join(', ')}${near === null ? '' : `; did you mean ${near}?`}`;
  };
}

const name = (what: string) => z.string().min(1).max(500).meta({ description: what });

/** Good when the run ended well. */
const Success = z.strictObject({ kind: z.literal('success'), count, coldStarts });

/** Good when the run took less than `under`; failed runs are bad unless `failed: ignored`. */
const Latency = z.strictObject({
  kind: z.literal('latency'),
  under,
  failed: z.enum(['bad', 'ignored']).default('bad').meta({
    description: 'What a failed run is to this SLO: bad, or left to the SLO on success',
  }),
  coldStarts,
});

/** Good is a run that was none of these: error (with time-outs and out of memory), timeout, retry, duplicate, cold start. */
const avoided = ['error', 'timeout', 'retry', 'duplicate', 'cold-start'] as const;
const Avoided = z.strictObject({ kind: z.enum(avoided) });

/** Good is a run for which the condition `good` holds, of those for which `total` does. */
const Custom = z.strictObject({
  kind: z.literal('custom'),
  good: FilterText.meta({ description: 'Condition on a run: outcome == "ok" and durationMs < 300ms' }),
  total: FilterText.optional().meta({ description: 'Which runs count; without it all do' }),
});

/** Good is a run that used less than `below` of the memory it was given, of those that told. */
const Memory = z.strictObject({
  kind: z.literal('memory'),
  below: ShareText.prefault('90%'),
});

/** Good is a call that was neither rejected nor answered 401 or 403. */
const AuthFailure = z.strictObject({ kind: z.literal('auth-failure') });

/** Good is a slice of time in which at least `atLeast` of the runs were good; a slice without runs counts as neither. */
const TimeSlice = z.strictObject({
  kind: z.literal('time-slice'),
  of: z.discriminatedUnion('kind', [Success, Latency, Avoided, Custom], {
    error: mustBeOneOf(['success', 'latency', ...avoided, 'custom']),
  }),
  slice: duration({ atLeastMs: minuteMs, atMostMs: 60 * minuteMs }).refine(
    (sliceMs) => sliceMs % minuteMs === 0 && (60 * minuteMs) % sliceMs === 0,
    { error: 'must be whole minutes that divide an hour, such as 1m, 5m or 15m' },
  ),
  atLeast: ShareText,
});

const globs = z.union([name('').transform((one) => [one]), z.array(name('')).min(1).max(20)]);

/** Points of one metric, and of them those whose attributes match. */
const MetricPoints = z.strictObject({
  metric: name('Name of the metric'),
  attributes: z.record(z.string().min(1).max(200), globs).default({}).meta({
    description: 'Attributes of the point, its dimensions or its resource, by glob: { status: 5* }',
  }),
});
export type MetricPoints = z.infer<typeof MetricPoints>;

/** Good and all events as counters tell them: sums, or counts of histograms, delta or cumulative. */
const MetricRatio = z
  .strictObject({
    kind: z.literal('metric-ratio'),
    good: MetricPoints.optional(),
    bad: MetricPoints.optional().meta({ description: 'Instead of good' }),
    total: MetricPoints,
  })
  .refine(({ good, bad }) => (good === undefined) !== (bad === undefined), {
    error: 'needs either good or bad',
  });

/** Good is a minute in which a gauge was below (or above) a bound; a minute without a point counts as neither. */
const Gauge = z
  .strictObject({
    kind: z.literal('gauge'),
    ...MetricPoints.shape,
    below: z.number().optional(),
    above: z.number().optional().meta({ description: 'Instead of below' }),
    series: z.enum(['max', 'min', 'sum']).default('max').meta({
      description:
        'What the minute is judged by, where there are several series: the highest, the lowest, or all together',
    }),
    count: z.enum(['minutes', 'points']).default('minutes').meta({
      description: 'minutes: one event a minute. points: each point is one, judged by itself',
    }),
  })
  .refine(({ below, above }) => (below === undefined) !== (above === undefined), {
    error: 'needs either below or above',
  });

const queue = name('Only this queue').optional();
const peer = {
  peer: name('Only calls to this host, queue, function or database').optional(),
  operation: name('Only this operation').optional(),
};

/** What the API answers as an indicator by minute and function: see docs/queries.md. */
const Coverage = z.strictObject({ kind: z.literal('coverage') });
const Throttle = z.strictObject({ kind: z.literal('throttle') });
const Saturation = z.strictObject({
  kind: z.literal('saturation'),
  limit: z.number().positive().max(1e9).meta({ description: 'How many may run at once' }),
  below: ShareText.prefault('80%'),
});
const DependencyError = z.strictObject({ kind: z.literal('dependency-error'), ...peer });
const DependencyLatency = z.strictObject({ kind: z.literal('dependency-latency'), under, ...peer });
const DlqGrowth = z.strictObject({ kind: z.literal('dlq-growth'), queue });
const DlqRate = z.strictObject({ kind: z.literal('dlq-rate'), queue });
const QueueAge = z.strictObject({ kind: z.literal('queue-age'), under, queue });

const Part = z.strictObject({
  slo: name('Id of another objective'),
  weight: z.int().min(1).max(1000).default(1),
});

/** Several objectives as one. */
const Composite = z.strictObject({
  kind: z.literal('composite'),
  of: z
    .array(Part)
    .min(1)
    .max(50)
    .refine((parts) => new Set(parts.map(({ slo }) => slo)).size === parts.length, {
      error: 'names an objective twice',
    }),
  count: z.enum(['events', 'minutes']).default('events').meta({
    description:
      'events: each event counts as often as its weight. minutes: each objective with events in a minute counts by its weight, however many events it had',
  }),
});

const kinds = [
  Success,
  Latency,
  Avoided,
  TimeSlice,
  Custom,
  Memory,
  AuthFailure,
  MetricRatio,
  Gauge,
  Throttle,
  Coverage,
  Saturation,
  DependencyError,
  DependencyLatency,
  DlqGrowth,
  DlqRate,
  QueueAge,
  Composite,
] as const;

export const SliKind = z
  .discriminatedUnion('kind', kinds, {
    error: mustBeOneOf(
      kinds.flatMap(({ shape: { kind } }) => ('options' in kind ? kind.options : [kind.value])),
    ),
  })
  .meta({ description: 'What is good' });
