import { z } from 'zod';

const count = (description: string) => z.number().int().nonnegative().meta({ description });
const instant = (description: string) => z.iso.datetime().meta({ description });
const ratio = (description: string) => z.number().min(0).max(1).meta({ description });

const Accepted = z.object({
  requests: count('Requests acknowledged'),
  bytes: count('Their bytes as they came over the wire; with gRPC, after inflating'),
  invocations: count('Invocations found in them'),
  spans: count('Spans taken, those sampled away included'),
  dataPoints: count('Metric data points taken'),
  logRecords: count('Log records taken, those sampled away included'),
});

const RecentStep = z.object({
  at: instant('Start of the step'),
  spans: count('Spans accepted in the step'),
  dataPoints: count('Data points accepted in the step'),
  logRecords: count('Log records accepted in the step'),
});

/** One reason for which something was not stored. */
export const RefusedReason = z
  .object({
    what: z.enum(['requests', 'spans', 'dataPoints', 'logRecords']).meta({ description: 'What was refused' }),
    reason: z.string().meta({ description: 'The reason, as on /metrics' }),
    count: count('How many'),
    meaning: z.string().meta({ description: 'What is wrong with them' }),
    remedy: z.string().meta({ description: 'What to do about it' }),
  })
  .meta({ id: 'RefusedReason' });
export type RefusedReason = z.infer<typeof RefusedReason>;

export const AppliedLimit = z
  .object({
    limit: z.string().meta({ description: 'The setting under ingest.limits' }),
    outcome: z.enum(['truncate', 'drop-attribute', 'fold', 'refuse']).meta({
      description: 'What becomes of what is over it',
    }),
    allowed: count('The value of the setting'),
    count: count('How often it applied'),
  })
  .meta({ id: 'AppliedLimit' });
export type AppliedLimit = z.infer<typeof AppliedLimit>;

const Sampled = z.object({
  keptRatio: ratio('Share kept of traces without anything notable; 1 keeps everything'),
  kept: z
    .object({
      error: count('Kept because their trace has an error, or the record is one'),
      slow: count('Kept because their trace has a slow span'),
      cold: count('Kept because their trace has a cold start'),
      ratio: count('Kept as a share of the rest'),
    })
    .meta({ description: 'All 0 while everything is kept' }),
  dropped: count('Acknowledged and not stored'),
});

const Spool = z.object({
  bytes: count('Acknowledged telemetry that is not in ClickHouse yet'),
  quotaBytes: count('Beyond this much, senders get 503'),
  segments: count('Files waiting to be inserted'),
  oldestAgeMs: z
    .number()
    .nonnegative()
    .nullable()
    .meta({ description: 'Age of the oldest rows; null when none' }),
  insertFailures: count('Inserts that failed and were tried again'),
  commitFailures: count('Writes the disk refused'),
  lastError: z
    .string()
    .nullable()
    .meta({ description: 'Why the last insert failed; null once one succeeded' }),
  poison: z
    .array(
      z.object({
        id: z.string().meta({ description: 'For "coldburn spool retry" and "coldburn spool drop"' }),
        table: z.string(),
        rows: count('Rows set aside'),
        reason: z.string().meta({ description: 'Why ClickHouse refuses them' }),
        setAsideAt: instant('Since when'),
      }),
    )
    .meta({ description: 'Rows that ClickHouse refuses for good; at most 50, the latest first' }),
});

const Sender = z.object({
  agent: z.string().meta({ description: 'User agent, or the ARN of a Firehose stream' }),
  service: z
    .string()
    .meta({ description: 'service.name of the first resource it sends; empty when it has none' }),
  sdk: z.string().meta({ description: 'Language and version of its SDK; empty when not told' }),
  requests: count('Requests acknowledged'),
  items: count('Spans, data points and log records'),
  lastSeenAt: instant('Its latest request'),
});

/** The answer of GET /api/v1/ingest: what became of the caller's telemetry in this process since it started. */
export const IngestStatus = z
  .object({
    tenant: z.string().meta({ description: 'Whose telemetry this is about' }),
    receiving: z.boolean().meta({ description: 'False when this process takes no telemetry' }),
    note: z.string().meta({ description: 'What the figures are about, in a sentence' }),
    at: instant('When this was so, on the clock of the server; null when it takes no telemetry').nullable(),
    since: instant('When this process began to count; null when it takes no telemetry').nullable(),
    accepted: Accepted.nullable(),
    recent: z
      .object({ stepMs: count('Length of a step'), steps: z.array(RecentStep) })
      .nullable()
      .meta({ description: 'The last quarter of an hour, in whole steps, the oldest first' }),
    refused: z
      .array(RefusedReason)
      .meta({ description: 'Most first; requests refused before the key was known are not in it' }),
    duplicateRequests: count('Requests that came again: acknowledged, not stored a second time'),
    ignoredFields: count('JSON fields left out because their value had the wrong type'),
    redactions: z.array(z.object({ rule: z.string(), count: count('Values replaced') })),
    limits: z.array(AppliedLimit).meta({ description: 'Limits that applied at least once' }),
    sampling: z.object({ spans: Sampled, logRecords: Sampled }).nullable(),
    lagMs: z.number().nonnegative().nullable().meta({
      description:
        'Age of the oldest acknowledged rows that cannot be queried yet; 0 when all can, null when unknown',
    }),
    spool: Spool.nullable().meta({
      description: 'Health of the whole installation, so only for the roles operator and admin',
    }),
    senders: z.array(Sender).meta({ description: 'At most 20, most items first' }),
    badPayloads: z
      .array(
        z.object({
          at: instant('When it came'),
          agent: z.string().meta({ description: 'Who sent it' }),
          reason: z.string().meta({ description: 'What was wrong; never anything of what was in it' }),
        }),
      )
      .meta({ description: 'The last five, the latest first' }),
  })
  .meta({ id: 'IngestStatus' });
export type IngestStatus = z.infer<typeof IngestStatus>;
