import { z } from 'zod';

const count = (description: string) => z.number().int().nonnegative().meta({ description });
const usd = (description: string) => z.string().nullable().meta({ description });

/** What failed for good of one function, and what it was worth. */
export const FunctionImpact = z
  .object({
    function: z.string().meta({ description: 'Name of the function' }),
    environment: z.string().meta({ description: 'Deployment environment; empty when telemetry names none' }),
    team: z.string().meta({ description: 'Owner; empty when telemetry names none' }),
    lost: count(
      'Requests that ended in a failure and were not tried again later; what senders sampled is counted by its weight',
    ),
    told: count('Those whose span told its value in the attribute of `valueAttribute`'),
    usdPerRun: usd(
      'Value of each other one, by the setting business.values; null when no entry names the function',
    ),
    atStakeUsd: usd(
      'What the lost ones were worth, in decimal dollars. Null when the value of none is known',
    ),
  })
  .meta({ id: 'FunctionImpact' });
export type FunctionImpact = z.infer<typeof FunctionImpact>;

/** The answer of GET /api/v1/impact. */
export const ImpactList = z
  .object({
    from: z.iso.datetime().meta({ description: 'Start of the window, included' }),
    to: z.iso.datetime().meta({ description: 'End of the window, not included' }),
    isValued: z.boolean().meta({ description: 'False when the settings give no run any value' }),
    valueAttribute: z
      .string()
      .nullable()
      .meta({ description: 'Span attribute that tells the value of its run; null without one' }),
    totalUsd: usd('Sum of all functions, those that `limit` leaves out included; null when none is known'),
    functions: z
      .array(FunctionImpact)
      .meta({ description: 'Functions that lost something, most dollars first, then most requests' }),
    truncated: z.boolean().meta({ description: 'True when there are more functions than `limit`' }),
  })
  .meta({ id: 'ImpactList' });
export type ImpactList = z.infer<typeof ImpactList>;
