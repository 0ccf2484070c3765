import { z } from 'zod';
import { duration } from '../config/duration.js';
import { ShareText } from './percent.js';
import { PeriodText } from './period.js';
import { PresetName } from './presets.js';
import { dimensions, Selector } from './selector.js';
import { TierText } from './tier.js';

const minuteMs = 60_000;
const longestDurationMs = 24 * 60 * minuteMs;

const Id = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits and "-", at most 80 characters, such as checkout-success',
  })
  .meta({ description: 'Names the SLO for good: its history hangs on it' });

const count = z.enum(['attempts', 'requests']).default('attempts').meta({
  description:
    'attempts: each run counts. requests: a request counts once, by its final outcome, however often it was tried',
});
const coldStarts = z.enum(['included', 'excluded']).default('included').meta({
  description: 'Whether runs that began with a cold start count at all',
});

/** Good when the run ended well. */
const Success = z.strictObject({ kind: z.literal('success'), count, coldStarts });

/** Good when the run took less than `under`; failed runs are bad unless `failed: ignored`. */
const Latency = z.strictObject({
  kind: z.literal('latency'),
  under: duration({ atLeastMs: 1, atMostMs: longestDurationMs }).meta({ description: 'Good below this' }),
  failed: z.enum(['bad', 'ignored']).default('bad').meta({
    description: 'What a failed run is to this SLO: bad, or left to the SLO on success',
  }),
  coldStarts,
});

/** Good is a slice of time in which at least `atLeast` of the runs were good; a slice without runs counts as neither. */
const TimeSlice = z.strictObject({
  kind: z.literal('time-slice'),
  of: z.discriminatedUnion('kind', [Success, Latency], { error: 'must be one of success, latency' }),
  slice: duration({ atLeastMs: minuteMs, atMostMs: 60 * minuteMs }).refine(
    (sliceMs) => sliceMs % minuteMs === 0 && (60 * minuteMs) % sliceMs === 0,
    { error: 'must be whole minutes that divide an hour, such as 1m, 5m or 15m' },
  ),
  atLeast: ShareText,
});

const SliDefinition = z
  .discriminatedUnion('kind', [Success, Latency, TimeSlice], {
    error: 'must be one of success, latency, time-slice',
  })
  .meta({ description: 'What is good' });
export type SliDefinition = z.infer<typeof SliDefinition>;
export type CountedSli = Exclude<SliDefinition, { kind: 'time-slice' }>;

export const AlertingDefinition = z.strictObject({
  preset: PresetName.default('sre-workbook'),
  tiers: z.array(TierText).min(1).max(12).optional().meta({ description: 'Instead of a preset' }),
  lowTraffic: z.enum(['gate', 'plain']).default('gate').meta({
    description:
      'gate: nobody is told on fewer than two failures, or on so few events that chance explains them. plain: the burn rate alone decides',
  }),
  minimumDuration: duration({ atLeastMs: 0, atMostMs: 24 * 60 * minuteMs })
    .optional()
    .meta({
      description:
        'A tier must be reached for so long before anybody is told; the short window usually suffices',
    }),
});

/** Durations are kept by fewer dimensions than outcomes are. */
const notOfLatency = ['alias', 'trigger'] as const;

/** One objective as people write it. */
export const SloDefinition = z
  .strictObject({
    id: Id,
    title: z.string().min(1).max(200),
    description: z.string().max(4000).optional(),
    owner: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Team that is told; without it the team of the function' }),
    runbook: z.url().optional(),
    per: z.enum(dimensions).optional().meta({
      description:
        'One objective for each value of this dimension; without it everything selected is added up',
    }),
    where: Selector.default({}),
    sli: SliDefinition,
    objective: ShareText.meta({ description: 'Share of good events that is promised, such as 99.9%' }),
    period: PeriodText.default({ kind: 'rolling', lengthMs: 30 * 24 * 60 * minuteMs }),
    alerting: AlertingDefinition.default({ preset: 'sre-workbook', lowTraffic: 'gate' }),
  })
  .superRefine(({ per, where, sli }, context) => {
    const counted = sli.kind === 'time-slice' ? sli.of : sli;
    if (counted.kind !== 'latency') return;
    for (const dimension of notOfLatency) {
      const message = `cannot be used with latency: durations are not kept by ${dimension}`;
      if (where[dimension] !== undefined)
        context.addIssue({ code: 'custom', path: ['where', dimension], message });
      if (per === dimension) context.addIssue({ code: 'custom', path: ['per'], message });
    }
  });
export type SloDefinition = z.infer<typeof SloDefinition>;

/** A file in slos/. */
export const SloFile = z.strictObject({ slos: z.array(SloDefinition).min(1).max(1000) });
