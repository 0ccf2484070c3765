import { z } from 'zod';

const count = (description: string) => z.number().int().nonnegative().meta({ description });
const instant = (description: string) => z.iso.datetime().meta({ description });

/** Sixteen hexadecimal digits: the name of a group of like errors. */
export const Fingerprint = z
  .string()
  .regex(
    /^[0-9a-f]{16}$/,
    'is not a fingerprint: sixteen hexadecimal digits, as GET /api/v1/errors lists them',
  )
  .meta({ description: 'Names a group of like errors, the same in every deploy' });

/** One occurrence to look at. */
const ErrorSample = z
  .object({
    at: instant('When it was raised'),
    function: z.string(),
    environment: z.string(),
    version: z.string().meta({ description: 'Version that ran; empty when telemetry names none' }),
    message: z.string().meta({ description: 'As it was said, after redaction; at most 2048 characters' }),
    stack: z
      .string()
      .meta({ description: 'As it came, after redaction, cut in the middle; empty without one' }),
    escaped: z
      .boolean()
      .meta({ description: 'It ended the run, or is known to have left the code that recorded it' }),
    traceId: z.string().nullable().meta({ description: 'Null when it came in a log record outside a trace' }),
    spanId: z.string().nullable(),
  })
  .meta({ id: 'ErrorSample' });

/** Errors of one kind in a window. */
export const ErrorGroupSummary = z
  .object({
    fingerprint: Fingerprint,
    type: z.string().meta({ description: 'Type of the exception, or the HTTP status' }),
    title: z
      .string()
      .meta({ description: 'Type, message and culprit, without what differs between occurrences' }),
    culprit: z
      .string()
      .meta({ description: 'Where it came from: file and function, or the function that ran' }),
    count: count('Occurrences in the window; an exception that bubbles up counts once'),
    escaped: count('Those that ended a run, or left the code that recorded them'),
    functions: z
      .array(z.string())
      .meta({ description: 'Functions it was raised in, in the window; at most 50' }),
    environments: z.array(z.string()).meta({ description: 'Environments, in the window; at most 50' }),
    versions: z.array(z.string()).meta({ description: 'Versions, in the window; at most 50' }),
    firstSeenAt: instant('First occurrence ever stored'),
    lastSeenAt: instant('Last occurrence ever stored'),
    isNew: z.boolean().meta({ description: 'It was first seen in this window' }),
    sampleTraceIds: z
      .array(z.string())
      .meta({ description: 'Traces of the latest occurrences in the window; at most 3' }),
    series: z.array(z.number().int().nonnegative()).meta({
      description: 'Occurrences for each step of the window, oldest first; `stepMs` is the length of one',
    }),
  })
  .meta({ id: 'ErrorGroupSummary' });
export type ErrorGroupSummary = z.infer<typeof ErrorGroupSummary>;

/** The answer of GET /api/v1/errors. */
export const ErrorList = z
  .object({
    from: instant('Start of the window, included; a whole minute'),
    to: instant('End of the window, not included; a whole minute'),
    stepMs: count('Length of a step of the series'),
    groups: z.array(ErrorGroupSummary).meta({ description: 'Most occurrences first' }),
    truncated: z.boolean().meta({ description: 'True when there are more groups than `limit`' }),
  })
  .meta({ id: 'ErrorList' });
export type ErrorList = z.infer<typeof ErrorList>;

/** The answer of GET /api/v1/errors/:fingerprint. */
export const ErrorDetail = z
  .object({
    from: instant('Start of the window, included; a whole minute'),
    to: instant('End of the window, not included; a whole minute'),
    stepMs: count('Length of a step of the series'),
    group: ErrorGroupSummary,
    byVersion: z
      .array(
        z.object({
          function: z.string(),
          environment: z.string(),
          version: z.string(),
          count: count('Occurrences in the window'),
          firstAt: instant('Minute of the first in the window'),
          lastAt: instant('Minute of the last in the window'),
        }),
      )
      .meta({ description: 'Most occurrences first; at most 100' }),
    samples: z.array(ErrorSample).meta({ description: 'Latest first; at most 20' }),
  })
  .meta({ id: 'ErrorDetail' });
export type ErrorDetail = z.infer<typeof ErrorDetail>;
