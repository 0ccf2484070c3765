import { z } from 'zod';

const ms = z.number().nonnegative();

/** One invocation, as the latest correction left it. */
export const InvocationRow = z
  .object({
    startedAt: z.iso.datetime().meta({ description: 'With nanoseconds, UTC' }),
    function: z.string(),
    environment: z.string(),
    version: z.string(),
    outcome: z.enum(['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected']),
    cold: z.boolean(),
    durationMs: ms,
    initMs: ms
      .nullable()
      .meta({ description: 'Initialisation of a cold start; null when there was none or not told' }),
    trigger: z.string(),
    region: z.string(),
    team: z.string(),
    customer: z.string(),
    httpStatus: z.number().int().nullable(),
    errorType: z.string(),
    errorMessage: z.string().meta({ description: 'Its first 300 characters' }),
    invocationId: z.string().meta({ description: "The platform's id; attempts of one request may share it" }),
    attempt: z.number().int().positive(),
    isSuperseded: z.boolean().meta({ description: 'A later attempt of the same request exists' }),
    isDuplicate: z.boolean().meta({ description: 'The same event had been processed before' }),
    source: z.enum(['span', 'report', 'inferred']).meta({
      description: 'What it is known by: a span, only the report of the platform, or work that never ended',
    }),
    traceId: z.string().nullable(),
    spanId: z.string().nullable(),
  })
  .meta({ id: 'InvocationRow' });
export type InvocationRow = z.infer<typeof InvocationRow>;

export const pageFields = {
  nextCursor: z
    .string()
    .nullable()
    .meta({ description: 'Send as `cursor` for the next page; null at the end' }),
  partial: z.boolean().meta({
    description:
      'True when the time for one request ran out before the page was full; nextCursor goes on from there',
  }),
};

/** The answer of GET /api/v1/invocations. */
export const InvocationPage = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    invocations: z.array(InvocationRow).meta({ description: 'Newest first' }),
    ...pageFields,
  })
  .meta({ id: 'InvocationPage' });
