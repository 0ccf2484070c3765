import { z } from 'zod';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { RunsAsked } from './read-contrasts.js';

// What a function asked of others, in the fault and in the time before it. A minute is bad when a tenth of its calls failed, or
// took three times as long as usual.
const SQL = `
  WITH usual AS (
    SELECT peer_kind, peer, sum(d.duration_ns) / sum(n) AS mean_ns, sum(d.errors) / sum(n) AS error_ratio
    FROM dependencies_1m AS d
    WHERE tenant = {tenant: String} AND call = 'out'
      AND ({function: String} = '' OR function = {function: String})
      AND ({environment: String} = '' OR environment = {environment: String})
      AND minute >= {before: DateTime64(3, 'UTC')} AND minute < {from: DateTime64(3, 'UTC')}
    GROUP BY peer_kind, peer
  ),
  minutes AS (
    SELECT peer_kind, peer, minute, sum(n) AS calls, sum(d.errors) AS failed, sum(d.duration_ns) / sum(n) AS mean_ns
    FROM dependencies_1m AS d
    WHERE tenant = {tenant: String} AND call = 'out'
      AND ({function: String} = '' OR function = {function: String})
      AND ({environment: String} = '' OR environment = {environment: String})
      AND minute >= {from: DateTime64(3, 'UTC')} - toIntervalMinute(10) AND minute < {to: DateTime64(3, 'UTC')}
    GROUP BY peer_kind, peer, minute
  )
  SELECT toString(m.peer_kind) AS kind, m.peer AS name,
    toFloat64(sum(calls)) AS all_calls, toFloat64(sum(failed)) AS all_failed,
    toUnixTimestamp(minIf(minute, is_bad)) AS first_s, toUInt32(countIf(is_bad)) AS bad_minutes
  FROM (
    SELECT m.*, (failed >= 2 AND failed >= 0.1 * calls AND failed > 3 * ifNull(u.error_ratio, 0) * calls)
        OR (u.mean_ns > 0 AND m.mean_ns > 3 * u.mean_ns AND calls >= 3) AS is_bad
    FROM minutes AS m LEFT JOIN usual AS u ON u.peer = m.peer AND u.peer_kind = m.peer_kind
  ) AS m
  GROUP BY kind, name
  HAVING bad_minutes > 0
  ORDER BY bad_minutes DESC, all_failed DESC, name
  LIMIT 5` as const;

const Row = z.object({
  kind: z.string(),
  name: z.string(),
  all_calls: z.number(),
  all_failed: z.number(),
  first_s: z.coerce.number(),
  bad_minutes: z.number(),
});

export type BadPeer = { kind: string; name: string; calls: number; failed: number; firstBadAt: Date };

/** Dependencies whose calls fail or take much longer than before, the worst first. */
export async function readBadPeers(warehouse: TenantWarehouse, asked: RunsAsked): Promise<BadPeer[]> {
  const rows = await warehouse.query(SQL, asked, Row);
  return rows.map(({ kind, name, all_calls, all_failed, first_s }) => ({
    kind,
    name,
    calls: all_calls,
    failed: all_failed,
    firstBadAt: new Date(first_s * 1000),
  }));
}
