import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { longestDelayMs } from '../decide/horizon.js';

// Of what came lately: how long after the end of its minute it came. What is not waited for says nothing of how long to wait, nor
// does an insert that is mostly of such: else a history that is sent on the first day would hold every alert back.
const DELAY = `
  SELECT tenant, quantileExactArray(0.95)(arrayFilter(one -> one <= {longestMs: UInt32}, delays)) AS delay_ms
  FROM (
    SELECT tenant, inserted_at,
      groupArray(greatest(0, toUnixTimestamp64Milli(inserted_at) - toUnixTimestamp(minute) * 1000 - 60000)) AS delays
    FROM slo_touched
    WHERE inserted_at >= {since: DateTime64(3, 'UTC')}
    GROUP BY tenant, inserted_at)
  WHERE arrayCount(one -> one <= {longestMs: UInt32}, delays) * 2 >= length(delays)
  GROUP BY tenant`;

const MINUTES = `
  SELECT tenant, arraySort(groupUniqArray(toUnixTimestamp(minute))) AS minutes
  FROM slo_touched
  WHERE inserted_at >= {from: DateTime64(3, 'UTC')} AND minute >= toDateTime({from: DateTime64(3, 'UTC')})
    AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY tenant`;

const Delay = z.object({ tenant: Tenant, delay_ms: z.coerce.number() });
const Minutes = z.object({ tenant: Tenant, minutes: z.array(z.number()) });

/**
 * How late telemetry is: of the inserts that came no later than `longestDelayMs` after the end of the minute they are about, 95 of
 * 100 came no later than this.
 */
export async function readDelays(warehouse: Warehouse, since: Date): Promise<Map<Tenant, number>> {
  const rows = await warehouse.query(DELAY, { since, longestMs: longestDelayMs }, Delay);
  return new Map(rows.map(({ tenant, delay_ms }) => [tenant, delay_ms]));
}

/** Minutes, in seconds since the epoch, in which anything of a tenant ran; in order. */
export async function readBusyMinutes(
  warehouse: Warehouse,
  window: { from: Date; to: Date },
): Promise<Map<Tenant, number[]>> {
  const rows = await warehouse.query(MINUTES, window, Minutes);
  return new Map(rows.map(({ tenant, minutes }) => [tenant, minutes]));
}
