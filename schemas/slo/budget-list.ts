import { z } from 'zod';
import { BudgetAnswer } from './budget-answer.js';

const {
  id,
  scope,
  objective,
  window,
  good,
  total,
  bad,
  badAllowed,
  remainingRatio,
  burn,
  timeToEmptyMs,
  status,
} = BudgetAnswer.shape;

/** How one objective, or one scope of it, stands. */
const ListedBudget = z
  .object({
    id,
    title: z.string(),
    owner: z.string().nullable().meta({ description: 'As the definition says; null when it names none' }),
    scope: scope.meta({
      description: 'Value of the dimension there is one objective for each of; else empty',
    }),
    objective,
    window,
    good,
    total,
    bad,
    badAllowed,
    remainingRatio,
    burn,
    timeToEmptyMs,
    status,
  })
  .meta({ id: 'ListedBudget' });
export type ListedBudget = z.infer<typeof ListedBudget>;

/** The answer of GET /api/v1/budgets. */
export const BudgetList = z
  .object({
    at: z.iso.datetime().meta({ description: 'The instant the budgets are of' }),
    budgets: z.array(ListedBudget).meta({ description: 'Worst off first' }),
    truncated: z.boolean().meta({ description: 'True when there are more than `limit`' }),
  })
  .meta({ id: 'BudgetList' });
export type BudgetList = z.infer<typeof BudgetList>;
