import { z } from 'zod';

const count = (description: string) => z.number().int().nonnegative().meta({ description });
const ratio = (description: string) => z.number().min(0).max(1).nullable().meta({ description });
const durationMs = (description: string) => z.number().nonnegative().nullable().meta({ description });

/** Every way an invocation can end, counted. The six add up to `invocations`. */
const OutcomeCounts = z
  .object({
    ok: count('Ended well'),
    error: count('Raised an error or answered one'),
    timeout: count('Ran into its time limit'),
    oom: count('Ran out of memory'),
    throttled: count('Seen in telemetry as throttled; the provider counts throttles we never see'),
    rejected: count('Refused before it ran, for example for authentication'),
  })
  .meta({ id: 'OutcomeCounts' });

/** One function in one environment, for one owner and one place it runs in. Null always means "not known", never 0. */
export const FunctionSummary = z
  .object({
    function: z.string().meta({ description: 'Name of the function' }),
    environment: z.string().meta({ description: 'Deployment environment; empty when telemetry names none' }),
    team: z.string().meta({ description: 'Owner; empty when telemetry names none' }),
    provider: z.string().meta({ description: 'Cloud provider, such as aws; empty when not told' }),
    region: z.string().meta({ description: 'Region of the provider; empty when not told' }),
    source: z.enum(['invocations', 'metrics']).meta({
      description:
        'What the figures are made of: rows of single invocations, or histograms of a function that sends only metrics. Those tell no cold starts and hardly any outcomes: ok then includes what is not told, and ratios are null',
    }),
    invocations: count('Invocations started in the window; what senders sampled is counted by its weight'),
    seen: z.number().int().nonnegative().nullable().meta({
      description:
        'Single invocations that came: fewer than `invocations` where the sender sampled, and each stands for several. Null when only metrics are sent',
    }),
    good: count('Those with the outcome ok'),
    bad: count('Those with any other outcome: error, timeout, oom, throttled, rejected'),
    outcomes: OutcomeCounts,
    successRatio: ratio('good / invocations'),
    p50Ms: durationMs(
      'Median duration of invocations that ran; exact up to 512 of them while rows are kept, else within 1 %. Null when none ran',
    ),
    p95Ms: durationMs('95th percentile, as p50Ms'),
    p99Ms: durationMs('99th percentile, as p50Ms'),
    coldStarts: count('Invocations that began with a cold start; 0 when only metrics are sent'),
    coldStartRatio: ratio('coldStarts / invocations'),
    throttles: z.number().int().nonnegative().nullable().meta({
      description:
        "Throttled calls by the provider's own count, in the minutes that begin in the window. Of the function in its environment as a whole, and the same on each of its rows, so not to be added up. Null when no provider counts it, and where it would take too long to work out, as over more than 31 days",
    }),
    throttleRatio: ratio(
      'throttles / (throttles + runs), both as a whole like throttles. Null while throttles is',
    ),
    retries: z.number().int().nonnegative().nullable().meta({
      description:
        'Invocations that were a later attempt of the same request. Null when only metrics are sent',
    }),
    duplicates: z.number().int().nonnegative().nullable().meta({
      description: 'Invocations for an event that had been processed before. Null when only metrics are sent',
    }),
    concurrencyMax: z.number().int().nonnegative().nullable().meta({
      description:
        'Most invocations running at one instant of the minutes that begin in the window, as a whole like throttles. Null until it is worked out, some 30 s after they came',
    }),
    coverageRatio: ratio(
      'Runs seen / runs the provider counted, in the minutes it counted, as a whole like throttles; at most 1. Null when no provider counts the function',
    ),
    costUsd: z.string().nullable().meta({ description: 'Decimal US dollars. Null until a price applies' }),
    costPerMillionUsd: z
      .string()
      .nullable()
      .meta({ description: 'Decimal US dollars for one million invocations. Null while costUsd is' }),
    isCritical: z.boolean().default(false).meta({
      description: 'Whether the settings (business) name it as one the business cannot do without',
    }),
    lastSeenAt: z.iso
      .datetime()
      .meta({ description: 'End of the latest invocation in the window, UTC to the second' }),
  })
  .meta({ id: 'FunctionSummary' });
export type FunctionSummary = z.infer<typeof FunctionSummary>;

/** The answer of GET /api/v1/functions. */
export const FunctionList = z
  .object({
    from: z.iso.datetime().meta({
      description:
        'Start of the window, included. Moved to a whole minute or hour where only rollups are kept: rows live 30 days, minutes 95, hours 800',
    }),
    to: z.iso.datetime().meta({ description: 'End of the window, not included' }),
    functions: z.array(FunctionSummary).meta({ description: 'Most invocations first' }),
    truncated: z
      .boolean()
      .meta({ description: 'True when there are more functions than `limit`; the busiest are listed' }),
    environments: z.array(z.string()).meta({
      description: 'Environments with invocations in the window, whatever the filters; at most 200',
    }),
    teams: z
      .array(z.string())
      .meta({ description: 'Teams with invocations in the window, whatever the filters; at most 200' }),
    everSeen: z
      .boolean()
      .meta({ description: 'False when this tenant has no invocation stored at all, in no window' }),
    costLeftOut: z.boolean().default(false).meta({
      description:
        'True when cost was left out because the fleet has more kinds of usage in the window than one answer adds up',
    }),
  })
  .meta({ id: 'FunctionList' });
export type FunctionList = z.infer<typeof FunctionList>;
