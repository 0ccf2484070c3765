import { z } from 'zod';
import { CalendarUnit } from './period.js';

const count = z.number().int().nonnegative();
const ratio = z.number().min(0).nullable().meta({ description: 'Share of good events; null without events' });
const met = z
  .boolean()
  .nullable()
  .meta({ description: 'Null without events; of a period that runs: so far' });

const CompliancePeriod = z
  .object({
    label: z.string().meta({ description: '2026-11, 2026-W48, 2026-Q4 or 2026' }),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    isOver: z.boolean(),
    objective: z.number().min(0).max(1).meta({ description: 'In force when the period ended, or now' }),
    wasInForce: z
      .boolean()
      .meta({ description: 'False: the objective was made later, and is asked of the past' }),
    changes: z
      .array(z.object({ at: z.iso.datetime(), objective: z.number().min(0).max(1) }))
      .meta({ description: 'Other objectives put within the period' }),
    good: count,
    total: count,
    bad: count,
    ratio,
    met,
    raw: z.object({ good: count, total: count, ratio, met }).meta({ description: 'Without corrections' }),
    isExact: z.boolean().meta({
      description: 'False: an end lies within an hour of which minutes are no longer kept',
    }),
  })
  .meta({ id: 'CompliancePeriod' });

/** The answer of GET /api/v1/slos/:id/compliance. */
export const ComplianceAnswer = z
  .object({
    id: z.string(),
    scope: z.string(),
    by: CalendarUnit,
    zone: z.string(),
    periods: z.array(CompliancePeriod).meta({ description: 'Latest first; the first one still runs' }),
    scopes: z
      .array(z.string())
      .meta({ description: 'All there are; the one that kept least is told without asking' }),
  })
  .meta({ id: 'ComplianceAnswer' });
export type ComplianceAnswer = z.infer<typeof ComplianceAnswer>;
