import { z } from 'zod';
import { CostNote } from './price.js';

export const CostUnitRow = z
  .object({
    name: z.string(),
    countedBy: z.string().meta({ description: 'What was counted' }),
    count: z.string().nullable().meta({ description: 'Decimal; null when nothing tells it' }),
    costUsd: z.string().meta({ description: 'List cost in the window of what costOf names' }),
    costPerUnitUsd: z.string().nullable().meta({ description: 'Null without any' }),
  })
  .meta({ id: 'CostUnitRow' });
export type CostUnitRow = z.infer<typeof CostUnitRow>;

/** The answer of GET /api/v1/cost/units. */
export const CostUnits = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    units: z.array(CostUnitRow).meta({
      description: 'Successful runs, customers, then what cost.units names',
    }),
    priceBook: z.string(),
    notes: z.array(CostNote),
  })
  .meta({ id: 'CostUnits' });
export type CostUnits = z.infer<typeof CostUnits>;
