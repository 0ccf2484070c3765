import { z } from 'zod';
import { Instant } from '../instant.js';
import { Zone } from './period.js';

const Glob = z.string().trim().min(1).max(200);
const globs = (what: string) =>
  z
    .union([Glob.transform((one) => [one]), z.array(Glob).min(1).max(100)])
    .optional()
    .meta({ description: `Only these ${what}, by glob; left out: all` });
const told = (description: string, most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most).meta({ description });
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, {
    error: 'must be letters, digits, "-" and "_", at most 80 characters',
  })
  .meta({ description: 'Left out: made up. The same one again changes the correction' });

/** The body of POST /api/v1/corrections. */
export const NewCorrection = z
  .strictObject({
    id: id.optional(),
    from: Instant.meta({
      description: 'Start of the (first) window that does not count, included; a whole minute',
    }),
    to: Instant.meta({ description: 'Its end, not included; a whole minute' }),
    rrule: z
      .string()
      .max(500)
      .optional()
      .meta({ description: 'How the window repeats, by RFC 5545, such as FREQ=WEEKLY;BYDAY=SU' }),
    zone: Zone.optional().meta({ description: 'Whose clocks it repeats by; left out: UTC' }),
    slo: globs('objectives'),
    function: globs('functions'),
    environment: globs('environments'),
    reason: told('Why these events do not count', 1000),
    author: told('Who says so', 200),
  })
  .meta({ id: 'NewCorrection' });
export type NewCorrection = z.infer<typeof NewCorrection>;

const Window = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
const scope = z.array(z.string()).nullable().meta({ description: 'Globs; null means all' });

/** A correction as it is kept and answered. */
export const CorrectionAnswer = z
  .object({
    id: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    rrule: z.string().nullable(),
    zone: z.string(),
    slo: scope,
    function: scope,
    environment: scope,
    reason: z.string(),
    author: z.string(),
    at: z.iso.datetime().meta({ description: 'When it was recorded' }),
    deleted: z
      .object({ at: z.iso.datetime(), author: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Who deleted it, when and why; such are listed only on request' }),
    windows: z
      .array(Window)
      .meta({ description: 'Those that lie within the window asked for; at most 1,000' }),
    history: z
      .array(
        z.object({
          event: z.enum(['put', 'delete']),
          at: z.iso.datetime(),
          author: z.string(),
          actor: z.string().meta({ description: 'Id of the key it came with' }),
          reason: z.string(),
        }),
      )
      .meta({ description: 'Everything ever said of it, latest first' }),
  })
  .meta({ id: 'Correction' });
export type CorrectionAnswer = z.infer<typeof CorrectionAnswer>;

export const CorrectionList = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    corrections: z.array(CorrectionAnswer).meta({ description: 'Latest first' }),
    problems: z.array(z.string()).meta({ description: 'Stored corrections this program cannot read' }),
  })
  .meta({ id: 'CorrectionList' });
