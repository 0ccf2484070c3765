import { z } from 'zod';

const count = z.number().int().nonnegative();

const TelemetryCostRow = z
  .object({
    function: z.string().meta({ description: 'Of logs and metrics that name no function: the service' }),
    spans: count,
    logs: count,
    metricPoints: count,
    bytes: count.nullable().meta({
      description: 'Of the rows before they are packed; null unless cost.telemetry.usdPerGb is set',
    }),
    telemetryUsd: z.string(),
    functionUsd: z.string().nullable().meta({
      description: 'List cost of its runs in the same window; null when no rate is known',
    }),
    ratio: z.number().nullable().meta({ description: 'telemetryUsd / functionUsd' }),
  })
  .meta({ id: 'TelemetryCostRow' });

/** The answer of GET /api/v1/cost/telemetry. */
export const TelemetryCost = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    isPriced: z
      .boolean()
      .meta({ description: 'False while cost.telemetry has no price: amounts are then 0' }),
    rows: z.array(TelemetryCostRow).meta({ description: 'Dearest telemetry first; they add up to totalUsd' }),
    totalUsd: z.string(),
    priceBook: z.string(),
  })
  .meta({ id: 'TelemetryCost' });
export type TelemetryCost = z.infer<typeof TelemetryCost>;
