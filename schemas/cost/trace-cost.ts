import { z } from 'zod';
import { CostRow } from './attribution.js';
import { CostNote } from './price.js';

/** The answer of GET /api/v1/cost/traces/:traceId. */
export const TraceCost = z
  .object({
    traceId: z.string(),
    currency: z.literal('USD'),
    rows: z
      .array(CostRow)
      .meta({ description: 'One a run, dearest first; labels: span, function, environment, team' }),
    totalUsd: z.string().meta({
      description: 'List cost of its runs, each as if it had had its instance for itself',
    }),
    invocations: z.number().int(),
    unpricedInvocations: z.number().int().meta({ description: 'Runs without a known rule or rate' }),
    truncated: z.boolean().meta({ description: 'True when the trace has more runs than are shown' }),
    priceBook: z.string(),
    notes: z.array(CostNote),
  })
  .meta({ id: 'TraceCost' });
export type TraceCost = z.infer<typeof TraceCost>;
