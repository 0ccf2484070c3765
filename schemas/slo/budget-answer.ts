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

/** The answer of GET /api/v1/slos/:id/budget. */
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
    timeToEmptyMs: z.number().nonnegative().nullable(),
    status: BudgetStatus,
    scopes: z
      .array(z.object({ scope, status: BudgetStatus, total: count, remainingRatio }))
      .meta({ description: 'Every scope, worst first; at most 1,000' }),
  })
  .meta({ id: 'BudgetAnswer' });

/** The answer of GET /api/v1/slos/:id/ledger. */
export const LedgerAnswer = z
  .object({
    id: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepMs: z.number().int().positive(),
    points: z.array(z.object({ at: z.iso.datetime(), good: count, total: count })),
  })
  .meta({ id: 'LedgerAnswer' });

/** The answer of GET /api/v1/slos/:id/whatif. */
export const WhatIfAnswer = z
  .object({
    id: z.string(),
    objective: z.number().min(0).max(1),
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
