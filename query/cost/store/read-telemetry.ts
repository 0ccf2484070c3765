import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../../warehouse/warehouse.js';

// `bytes` asks for columns as long as the telemetry itself, so they are only read where a gigabyte has a price.
const SQL = `
  SELECT name AS function, toString(sum(spans)) AS spans, toString(sum(logs)) AS logs, toString(sum(points)) AS points,
    toString(sum(size)) AS bytes
  FROM (
    SELECT if(function != '', function, service) AS name, count() AS spans, 0 AS logs, 0 AS points,
      sum(if({bytes: Bool}, byteSize(toString(name_told), attribute_keys, attribute_values, events, links, status_message) + 60, 0)) AS size
    FROM (SELECT *, spans.name AS name_told FROM spans
      WHERE tenant = {tenant: String} AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')})
    GROUP BY name
    UNION ALL
    SELECT if(function != '', function, service) AS name, 0 AS spans, count() AS logs, 0 AS points,
      sum(if({bytes: Bool}, byteSize(body, attributes, resource) + 60, 0)) AS size
    FROM logs WHERE tenant = {tenant: String} AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
    GROUP BY name
    UNION ALL
    SELECT if(function != '', function, service) AS name, 0 AS spans, 0 AS logs, count() AS points,
      sum(if({bytes: Bool}, byteSize(attributes, resource, bounds, bucket_counts, positive_counts, negative_counts) + 60, 0)) AS size
    FROM metric_points WHERE tenant = {tenant: String} AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
    GROUP BY name
  )
  WHERE {tenant: String} != ''
  GROUP BY name
  LIMIT {limit: UInt32}` as const;

const Row = z.object({
  function: z.string(),
  spans: z.coerce.bigint(),
  logs: z.coerce.bigint(),
  points: z.coerce.bigint(),
  bytes: z.coerce.bigint(),
});
export type TelemetryCounts = z.infer<typeof Row>;

/** What each function sent in the window, as far as it is still kept. */
export async function readTelemetry(
  warehouse: TenantWarehouse,
  question: { from: Date; to: Date; bytes: boolean; limit: number },
  options?: StatementOptions,
): Promise<TelemetryCounts[]> {
  return await warehouse.query(SQL, question, Row, options);
}
