import { z } from 'zod';
import { ChangeEffects } from './changes.js';

const AnomalyRow = z
  .object({
    function: z.string(),
    environment: z.string(),
    team: z.string(),
    costUsd: z.string().meta({ description: 'In the window' }),
    expectedUsd: z.string().meta({ description: 'For as long a time, by the day before the window' }),
    excessUsd: z.string(),
    factor: z
      .number()
      .nullable()
      .meta({ description: 'costUsd / expectedUsd; null when nothing was expected' }),
    perDayUsd: z.string().meta({ description: 'What it comes to in a day if it goes on' }),
    cause: z.string().meta({ description: 'The largest effect' }),
    effects: ChangeEffects.meta({ description: 'They add up to excessUsd exactly' }),
  })
  .meta({ id: 'CostAnomaly' });

/** The answer of GET /api/v1/cost/anomalies. */
export const AnomaliesAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    baseline: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    anomalies: z.array(AnomalyRow).meta({ description: 'Largest excess first' }),
    priceBook: z.string(),
  })
  .meta({ id: 'CostAnomalies' });
export type AnomaliesAnswer = z.infer<typeof AnomaliesAnswer>;
