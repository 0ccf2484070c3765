import { z } from 'zod';
import { Instant } from '../instant.js';
import { AlertingDefinition, SloDefinition } from '../slo/slo-definition.js';
import { Severity } from './incident-event.js';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();

/** The body of POST /api/v1/slos/backtest. */
export const BacktestQuestion = z.object({
  slo: z
    .union([z.string().min(1).max(80), SloDefinition], {
      error: 'must be the id of an objective, or a definition as in a file',
    })
    .meta({ description: 'Id of a stored objective, or a definition that need not be stored' }),
  from: Instant,
  to: Instant,
  alerting: AlertingDefinition.optional().meta({ description: 'Instead of the alerting of the definition' }),
  compare: AlertingDefinition.optional().meta({ description: 'A second policy over the same counts' }),
  scope: z.string().max(500).optional().meta({ description: 'Only this scope' }),
});
export type BacktestQuestion = z.infer<typeof BacktestQuestion>;

const Played = z.object({
  episodes: z.array(
    z.object({
      scope: z.string(),
      severity: Severity,
      tier: z.string(),
      startedAt: instant.meta({ description: 'When the fault began, as far as the counts tell' }),
      firedAt: instant,
      resolvedAt: instant.nullable().meta({ description: 'Null: it goes on at the end' }),
      longBurn: z.number().nonnegative(),
      shortBurn: z.number().nonnegative(),
      budgetSpentRatio: z
        .number()
        .nullable()
        .meta({ description: 'Share of the budget of the period up to then that was gone when it fired' }),
    }),
  ),
  withheld: z.array(
    z.object({ scope: z.string(), reason: z.string(), tier: z.string(), from: instant, to: instant }),
  ),
  summary: z.object({
    pages: count,
    tickets: count,
    withheld: count,
    detectMedianMs: count.nullable().meta({ description: 'From the start of a fault to its page or ticket' }),
    badUntold: count.meta({ description: 'Bad events outside of every episode' }),
    budgetUntoldRatio: z.number().nonnegative().nullable().meta({
      description: 'The same as a share of the budget of the window: what nobody would have been told of',
    }),
  }),
});
export type Played = z.infer<typeof Played>;

/** The answer of POST /api/v1/slos/backtest. */
export const BacktestAnswer = Played.extend({
  slo: z.string(),
  from: instant,
  to: instant,
  countedFrom: z.enum(['ledger', 'rollups']).meta({
    description:
      'rollups: nobody has kept a ledger of this definition; its counts were worked out for this answer',
  }),
  budget: z.object({
    objective: z.number(),
    good: count,
    total: count,
    bad: count,
    badAllowed: z.number().nonnegative(),
    remainingRatio: z.number().nullable(),
  }),
  compared: Played.nullable().meta({ description: 'What `compare` would have done' }),
}).meta({ id: 'BacktestAnswer' });
export type BacktestAnswer = z.infer<typeof BacktestAnswer>;
