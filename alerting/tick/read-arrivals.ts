import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

// Of what came lately: how long after the end of its minute it came, and the newest minute there is.
const DELAY = `
  SELECT tenant,
    quantileExact(0.95)(greatest(0, toUnixTimestamp64Milli(inserted_at) - toUnixTimestamp(minute) * 1000 - 60000)) AS delay_ms
  FROM slo_touched
  WHERE inserted_at >= {since: DateTime64(3, 'UTC')} AND minute >= toDateTime({since: DateTime64(3, 'UTC')})
  GROUP BY tenant`;

const MINUTES = `
  SELECT tenant, arraySort(groupUniqArray(toUnixTimestamp(minute))) AS minutes
  FROM slo_touched
  WHERE inserted_at >= {from: DateTime64(3, 'UTC')} AND minute >= toDateTime({from: DateTime64(3, 'UTC')})
    AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY tenant`;

const Delay = z.object({ tenant: Tenant, delay_ms: z.coerce.number() });
const Minutes = z.object({ tenant: Tenant, minutes: z.array(z.number()) });

/** How late telemetry is: 95 of 100 inserts came no later than this after the end of the minute they are about. */
export async function readDelays(warehouse: Warehouse, since: Date): Promise<Map<Tenant, number>> {
  const rows = await warehouse.query(DELAY, { since }, Delay);
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
