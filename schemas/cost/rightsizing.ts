import { z } from 'zod';

export const SizeEvidence = z
  .object({
    memoryMb: z.number().int(),
    versions: z.array(z.string()),
    aliases: z.array(z.string()),
    invocations: z.number().int(),
    meanBilledMs: z.number().nullable(),
    costPerMillionUsd: z.string().nullable(),
    successRatio: z.number().nullable(),
    outOfMemory: z.number().int().meta({ description: 'Runs that ran out of memory at this size' }),
    usedMaxMb: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Most memory any run used; null when not told' }),
  })
  .meta({ id: 'SizeEvidence' });
export type SizeEvidence = z.infer<typeof SizeEvidence>;

export const RightsizingRow = z
  .object({
    function: z.string(),
    environment: z.string(),
    team: z.string(),
    currentMemoryMb: z.number().int(),
    sizes: z
      .array(SizeEvidence)
      .meta({ description: 'Every size it really ran at in the window, smallest first' }),
    verdict: z.enum(['change', 'keep', 'no evidence']),
    memoryMb: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Recommended; null unless the verdict is change' }),
    savingUsd: z.string().nullable().meta({ description: 'For as many runs as in the window' }),
    confidence: z.enum(['high', 'medium', 'low']).nullable(),
    successChange: z
      .number()
      .nullable()
      .meta({ description: 'Success ratio there less here: the effect on SLOs' }),
    durationChangeMs: z.number().nullable().meta({ description: 'Mean billed time there less here' }),
    reason: z.string(),
  })
  .meta({ id: 'RightsizingRow' });
export type RightsizingRow = z.infer<typeof RightsizingRow>;

/** The answer of GET /api/v1/cost/rightsizing. */
export const RightsizingAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    priceBook: z.string(),
    rows: z.array(RightsizingRow).meta({ description: 'Largest saving first' }),
  })
  .meta({ id: 'RightsizingAnswer' });
export type RightsizingAnswer = z.infer<typeof RightsizingAnswer>;
