import { z } from 'zod';
import { CostNote } from './price.js';

const Window = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
const usd = z.string();

export const ChangeEffects = z
  .object({
    volumeUsd: usd.meta({ description: 'More or fewer wanted runs; all of what is new or gone' }),
    retryUsd: usd.meta({ description: 'More or fewer attempts and repeated deliveries for each wanted run' }),
    durationUsd: usd.meta({ description: 'Longer or shorter warm runs' }),
    coldStartUsd: usd.meta({ description: 'What cold starts add to the mean run' }),
    memoryUsd: usd.meta({ description: 'Memory given' }),
    rateUsd: usd.meta({ description: 'Other prices for the same usage' }),
    mixUsd: usd.meta({ description: 'Another mix of regions, architectures, versions and outcomes' }),
  })
  .meta({ id: 'CostChangeEffects' });

export const ChangeRow = z
  .object({
    labels: z.record(z.string(), z.string()),
    beforeUsd: usd,
    afterUsd: usd,
    changeUsd: usd,
    effects: ChangeEffects.meta({ description: 'They add up to changeUsd exactly' }),
  })
  .meta({ id: 'CostChangeRow' });
export type ChangeRow = z.infer<typeof ChangeRow>;

/** The answer of GET /api/v1/cost/changes. */
export const ChangesAnswer = z
  .object({
    before: Window,
    after: Window,
    groupBy: z.array(z.string()),
    priceBook: z.string(),
    rows: z.array(ChangeRow).meta({ description: 'Largest change first; they add up to the total exactly' }),
    total: ChangeRow,
    notes: z.array(CostNote),
  })
  .meta({ id: 'CostChanges' });
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;
