import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../../warehouse/warehouse.js';

type Window = { from: Date; to: Date };

const CUSTOMERS = `
  SELECT toString(uniqExact(customer)) AS count FROM (
    SELECT customer FROM tagged_usage_1h
    WHERE tenant = {tenant: String} AND hour >= {from: DateTime64(3, 'UTC')} AND hour < toStartOfHour({to: DateTime64(3, 'UTC')})
      AND customer != ''
    GROUP BY customer HAVING sum(n) > 0
    UNION ALL
    SELECT customer FROM invocations
    WHERE tenant = {tenant: String} AND customer != ''
      AND ((started_at >= {from: DateTime64(3, 'UTC')}
          AND started_at < least({to: DateTime64(3, 'UTC')}, toStartOfHour({from: DateTime64(3, 'UTC')} + toIntervalMillisecond(3599999))))
        OR (started_at >= greatest({from: DateTime64(3, 'UTC')}, toStartOfHour({to: DateTime64(3, 'UTC')}))
          AND started_at < {to: DateTime64(3, 'UTC')}))
    GROUP BY customer HAVING sum(sign) > 0
  )
  WHERE {tenant: String} != ''` as const;

// What a running counter added between two points of a series; one that falls has started anew, and the first point counts
// from zero when its series began inside the window.
const COUNTER = `
  SELECT toString(ifNull(sum(added), 0)) AS count, count() AS points
  FROM (
    SELECT at, multiIf(temporality = 'delta', told, before IS NULL AND started_at >= {from: DateTime64(3, 'UTC')}, told,
      before IS NULL, 0., told < before, told, told - before) AS added
    FROM (
      SELECT at, started_at, temporality, ifNull(value, toFloat64(ifNull(int_value, 0))) AS told,
        lagInFrame(toNullable(told)) OVER (
          PARTITION BY environment, service, function, unit, cityHash64(toString(mapSort(attributes)), toString(mapSort(resource))) ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW
        ) AS before
      FROM metric_points
      WHERE tenant = {tenant: String} AND metric = {metric: String} AND kind = 'sum' AND NOT no_value
        AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
        AND at >= {from: DateTime64(3, 'UTC')} - INTERVAL 1 DAY AND at < {to: DateTime64(3, 'UTC')}
    )
  )
  WHERE at >= {from: DateTime64(3, 'UTC')}` as const;

const Count = z.object({ count: z.string() });
const Counter = z.object({ count: z.string(), points: z.coerce.number() });

/** Different customers that runs in the window name. */
export async function countCustomers(
  warehouse: TenantWarehouse,
  { from, to }: Window,
  options?: StatementOptions,
): Promise<string> {
  const [row] = await warehouse.query(CUSTOMERS, { from, to }, Count, options);
  return row?.count ?? '0';
}

/** What a counter added up to in the window; null when nobody sent it. */
export async function countMetric(
  warehouse: TenantWarehouse,
  question: Window & { metric: string; environment: string | null },
  options?: StatementOptions,
): Promise<string | null> {
  const [row] = await warehouse.query(COUNTER, question, Counter, options);
  return row === undefined || row.points === 0 ? null : row.count;
}
