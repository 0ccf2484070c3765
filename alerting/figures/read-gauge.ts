import { z } from 'zod';
import type { SliDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { METRIC_POINTS } from './metric-points-sql.js';
import { attributeParams } from './read-metric-sums.js';

type Gauge = Extract<SliDefinition, { kind: 'gauge' }>;

// Of a summary, as CloudWatch sends levels, the highest counts.
const SQL = `
  WITH ${METRIC_POINTS},
  by_series AS (
    SELECT environment, function, minute, series,
      argMax(if(kind = 'summary', highest, figure), at) AS last,
      count() AS told, countIf(if(kind = 'summary', highest, figure) < {below: Float64} AND if(kind = 'summary', highest, figure) > {above: Float64}) AS good
    FROM points
    WHERE minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    GROUP BY environment, function, minute, series
  )
  SELECT toUnixTimestamp(minute) AS minute_s, environment, function, max(last) AS highest, min(last) AS lowest, sum(last) AS together,
    sum(s.told) AS told, sum(s.good) AS good
  FROM by_series AS s
  GROUP BY minute_s, environment, function` as const;

const count = z.coerce.number();
const Row = z.object({
  minute_s: count,
  environment: z.string(),
  function: z.string(),
  highest: z.number(),
  lowest: z.number(),
  together: z.number(),
  told: count,
  good: count,
});
export type GaugeRow = z.infer<typeof Row>;

/** What a gauge showed by minute, environment and function: each series by its last point. */
export async function readGauge(
  warehouse: TenantWarehouse,
  { metric, attributes, below, above }: Gauge,
  window: { from: Date; to: Date },
): Promise<GaugeRow[]> {
  const bounds = { below: below ?? Number.MAX_VALUE, above: above ?? -Number.MAX_VALUE };
  return await warehouse.query(SQL, { ...window, metric, ...bounds, ...attributeParams(attributes) }, Row);
}
