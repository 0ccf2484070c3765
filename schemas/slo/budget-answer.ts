import { z } from 'zod';

const count = z.number().int().nonnegative();
const scope = z
  .string()
  .meta({ description: 'Value of the dimension there is one objective for each of; else empty' });
const remainingRatio = z
  .number()
  .max(1)
  .nullable()
  .meta({ description: 'Below 0 when overspent; null when there is nothing to spend' });

const BudgetStatus = z.enum(['ok', 'burning', 'exhausted', 'idle', 'telemetry-lost', 'broken']);

/** The same without taking anything out. */
const RawPeriod = z
  .object({ good: count, total: count, bad: count, badAllowed: z.number().nonnegative(), remainingRatio })
  .meta({ id: 'RawPeriod', description: 'As it was, with the time that corrections take out' });

const AppliedCorrection = z
  .object({
    id: z.string(),
    reason: z.string(),
    author: z.string(),
    applied: z.boolean().meta({
      description:
        'False: it is about some of the functions or environments that the objective adds up, so nothing can be taken out',
    }),
  })
  .meta({ id: 'AppliedCorrection' });

/** The answer of GET /api/v1/slos/:id/budget. Figures leave out what corrections take out; `raw` does not. */
export const BudgetAnswer = z
  .object({
    id: z.string(),
    scope: scope.meta({ description: 'The scope asked for, else the one that is worst off' }),
    objective: z.number().min(0).max(1),
    window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    good: count,
    total: count,
    bad: count,
    badAllowed: z.number().nonnegative(),
    remainingRatio,
    burn: z.array(
      z.object({
        window: z.string(),
        windowMs: z.number().int().positive(),
        rate: z.number().nonnegative().nullable().meta({ description: 'Null without events' }),
      }),
    ),
    spent: z
      .array(
        z.object({
          window: z.string(),
          windowMs: z.number().int().positive(),
          bad: count,
          ratio: z.number().nonnegative().nullable().meta({ description: 'Share of the whole budget' }),
        }),
      )
      .meta({ description: 'What went in the last hour, day and week of the period' }),
    timeToEmptyMs: z.number().nonnegative().nullable(),
    status: BudgetStatus,
    raw: RawPeriod,
    corrections: z.array(AppliedCorrection).meta({ description: 'Those with time in the window' }),
    scopes: z
      .array(z.object({ scope, status: BudgetStatus, total: count, remainingRatio }))
      .meta({ description: 'Every scope, worst first; at most 1,000' }),
  })
  .meta({ id: 'BudgetAnswer' });

/** The answer of GET /api/v1/slos/:id/ledger; `raw` holds what corrections take out, too. */
export const LedgerAnswer = z
  .object({
    id: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepMs: z.number().int().positive(),
    points: z.array(
      z.object({
        at: z.iso.datetime(),
        good: count,
        total: count,
        raw: z.object({ good: count, total: count }),
      }),
    ),
    corrections: z.array(AppliedCorrection),
  })
  .meta({ id: 'LedgerAnswer' });

/** The answer of GET /api/v1/slos/:id/whatif. */
export const WhatIfAnswer = z
  .object({
    id: z.string(),
    objective: z.number().min(0).max(1),
    underMs: z.number().positive().nullable().meta({ description: 'Threshold of an objective on latency' }),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    scopes: z.array(
      z.object({
        scope,
        good: count,
        total: count,
        bad: count,
        badAllowed: z.number().nonnegative(),
        remainingRatio,
        minutes: count.meta({ description: 'Minutes with events' }),
        minutesInBreach: count.meta({ description: 'Of those, minutes with more bad events than allowed' }),
      }),
    ),
  })
  .meta({ id: 'WhatIfAnswer' });
