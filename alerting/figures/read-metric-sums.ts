import { z } from 'zod';
import type { MetricPoints } from '../../schemas/slo/sli-kinds.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { likePattern } from '../predicates/like-pattern.js';
import { METRIC_POINTS } from './metric-points-sql.js';

// A counter that runs on counts from one point of its series to the next, at most an hour apart; the first counts from its
// start, when that is at most an hour back, else it only sets the base. Each point is judged by itself and the one before,
// so a minute comes out the same whether it is asked for alone or with others. Gauges add up to nothing.
const SQL = `
  WITH ${METRIC_POINTS},
  followed AS (
    SELECT *,
      lagInFrame(figure, 1, -1.) OVER series_of AS before,
      lagInFrame(at) OVER series_of AS before_at
    FROM points
    WHERE kind != 'gauge'
    WINDOW series_of AS (
      PARTITION BY environment, function, temporality, series, started_at ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
  )
  SELECT toUnixTimestamp(minute) AS minute_s, environment, function,
    sum(multiIf(
      temporality != 'cumulative', f.figure,
      before >= 0 AND before_at >= at - toIntervalHour(1), if(f.figure < before, f.figure, f.figure - before),
      toUnixTimestamp64Nano(started_at) > 0 AND started_at >= at - toIntervalHour(1), f.figure,
      0.)) AS n
  FROM followed AS f
  WHERE minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
  GROUP BY minute_s, environment, function` as const;

const Row = z.object({
  minute_s: z.coerce.number(),
  environment: z.string(),
  function: z.string(),
  n: z.number(),
});
export type MetricSum = z.infer<typeof Row>;

/** What one metric counted, by minute, environment and function. */
export async function readMetricSums(
  warehouse: TenantWarehouse,
  { metric, attributes }: MetricPoints,
  window: { from: Date; to: Date },
): Promise<MetricSum[]> {
  return await warehouse.query(SQL, { ...window, metric, ...attributeParams(attributes) }, Row);
}

export function attributeParams(attributes: MetricPoints['attributes']) {
  return {
    keys: Object.keys(attributes),
    globs: Object.values(attributes).map((globs) => globs.map(likePattern)),
  };
}
