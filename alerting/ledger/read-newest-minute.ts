import { z } from 'zod';
import type { SliDefinition } from '../../schemas/slo/slo-definition.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { isFigure } from '../figures/figure-kinds.js';

const OF_RUNS = `
  SELECT toUnixTimestamp(max(minute)) AS minute_s, count() AS times
  FROM invocations_1m
  WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})` as const;

const OF_FIGURES = `
  SELECT max(last_s) AS minute_s, sum(n) AS times FROM (
    SELECT toUnixTimestamp(max(minute)) AS last_s, count() AS n FROM invocations_1m
    WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})
    UNION ALL
    SELECT toUnixTimestamp(max(minute)) AS last_s, count() AS n FROM dependencies_1m
    WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})
    UNION ALL
    SELECT toUnixTimestamp(max(minute)) AS last_s, count() AS n FROM provider_counts
    WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})
    UNION ALL
    SELECT toUnixTimestamp(max(minute)) AS last_s, count() AS n FROM queue_depths
    WHERE tenant = {tenant: String} AND minute < toDateTime({before: DateTime64(3, 'UTC')})
    UNION ALL
    SELECT toUnixTimestamp(max(m.at) - toIntervalNanosecond(1)) AS last_s, count() AS n FROM metric_points AS m
    WHERE tenant = {tenant: String} AND metric IN {metrics: Array(String)} AND m.at <= {before: DateTime64(3, 'UTC')}
  ) WHERE n > 0` as const;

const Row = z.object({ minute_s: z.coerce.number(), times: z.coerce.number() });

/** The last minute before an instant in which anything was told that some indicators count; null when there is none. */
export async function readNewestMinute(
  warehouse: TenantWarehouse,
  before: Date,
  slis: readonly SliDefinition[],
): Promise<number | null> {
  const metrics = slis.flatMap((sli) => {
    if (sli.kind === 'gauge') return [sli.metric];
    if (sli.kind !== 'metric-ratio') return [];
    return [sli.total, sli.good ?? sli.total, sli.bad ?? sli.total].map(({ metric }) => metric);
  });
  const [row] = slis.some(isFigure)
    ? await warehouse.query(OF_FIGURES, { before, metrics }, Row)
    : await warehouse.query(OF_RUNS, { before }, Row);
  return row === undefined || row.times === 0 ? null : row.minute_s * 1000;
}
