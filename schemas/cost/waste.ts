import { z } from 'zod';
import { CostNote } from './price.js';

export const WasteItem = z
  .object({
    kind: z.enum([
      'coldStarts',
      'retries',
      'timeouts',
      'duplicates',
      'overMemory',
      'idleProvisioned',
      'failures',
    ]),
    costUsd: z.string(),
    invocations: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Runs it is made of; null where it is no runs' }),
    rule: z.string(),
    busyRatio: z.number().nullable().meta({ description: 'Of provisioned concurrency' }),
    breakEvenRatio: z.number().nullable().meta({
      description: 'Busy share above which provisioned concurrency is cheaper than on demand',
    }),
  })
  .meta({ id: 'WasteItem' });
export type WasteItem = z.infer<typeof WasteItem>;

export const WasteRow = z
  .object({
    function: z.string(),
    environment: z.string(),
    team: z.string(),
    costUsd: z.string().meta({ description: 'All that its runs cost in the window' }),
    items: z
      .array(WasteItem)
      .meta({ description: 'Dearest first. They overlap, so they are not to be added up' }),
  })
  .meta({ id: 'WasteRow' });
export type WasteRow = z.infer<typeof WasteRow>;

/** The answer of GET /api/v1/cost/waste. */
export const WasteAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    priceBook: z.string(),
    rows: z.array(WasteRow).meta({ description: 'Functions with the dearest item first' }),
    notes: z.array(CostNote),
  })
  .meta({ id: 'WasteAnswer' });
export type WasteAnswer = z.infer<typeof WasteAnswer>;
