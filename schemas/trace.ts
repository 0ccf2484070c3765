import { z } from 'zod';
import { InvocationRow, pageFields } from './invocations.js';

const attributes = z.record(z.string(), z.string());

/** One log record. */
export const LogLine = z
  .object({
    at: z.iso.datetime().meta({ description: 'With nanoseconds, UTC' }),
    function: z.string(),
    environment: z.string(),
    service: z.string(),
    severity: z
      .number()
      .int()
      .meta({ description: 'OTLP severity number: 9 info, 13 warn, 17 error; 0 when not told' }),
    severityText: z.string(),
    eventName: z.string(),
    body: z.string().meta({ description: 'Its first 4000 characters' }),
    invocationId: z.string(),
    traceId: z.string().nullable(),
    spanId: z.string().nullable(),
    attributes,
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;

/** The answer of GET /api/v1/logs. */
export const LogPage = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    logs: z.array(LogLine).meta({ description: 'Newest first' }),
    ...pageFields,
  })
  .meta({ id: 'LogPage' });

/** One span as it came. */
export const TraceSpan = z
  .object({
    spanId: z.string(),
    parentSpanId: z.string().nullable(),
    isOrphan: z.boolean().meta({ description: 'It names a parent that is not among these spans' }),
    skewMs: z.number().nullable().meta({
      description:
        'How far it starts before its parent, whose clock must be another; null when it does not. Times are as they came',
    }),
    service: z.string(),
    environment: z.string(),
    name: z.string(),
    kind: z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']),
    startedAt: z.iso.datetime(),
    durationMs: z.number().nonnegative(),
    status: z.enum(['unset', 'ok', 'error']),
    statusMessage: z.string(),
    scope: z.string(),
    attributes,
    events: z.array(z.object({ at: z.iso.datetime(), name: z.string(), attributes })),
    links: z.array(z.object({ traceId: z.string(), spanId: z.string() })),
    resource: z.string().meta({ description: 'Key into `resources`' }),
  })
  .meta({ id: 'TraceSpan' });
export type TraceSpan = z.infer<typeof TraceSpan>;

/** The answer of GET /api/v1/traces/:traceId. */
export const Trace = z
  .object({
    traceId: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    spans: z.array(TraceSpan).meta({ description: 'In order of their start' }),
    spansTruncated: z.boolean().meta({ description: 'True when there are more than the 5,000 first shown' }),
    resources: z.record(z.string(), attributes).meta({ description: 'What the processes say of themselves' }),
    logs: z.array(LogLine).meta({ description: 'In order of time' }),
    logsTruncated: z.boolean().meta({ description: 'True when there are more than the 2,000 shown' }),
    invocations: z.array(InvocationRow).meta({ description: 'Those of this trace, at most 1,000' }),
  })
  .meta({ id: 'Trace' });
export type Trace = z.infer<typeof Trace>;
