import { z } from 'zod';
import { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

// The engine's own clock, in the same statement: what is read afterwards is at least as new.
const NOW = `SELECT toUnixTimestamp64Milli(now64(3, 'UTC')) AS now_ms`;

const BY_RUNS = `
  SELECT tenant, toUnixTimestamp(minute) AS minute_s, toUnixTimestamp64Milli(max(inserted_at)) AS last_ms
  FROM slo_touched
  WHERE inserted_at >= {from: DateTime64(3, 'UTC')}
  GROUP BY tenant, minute
  ORDER BY tenant, minute`;

const BY_FIGURES = `
  SELECT tenant, toUnixTimestamp(minute) AS minute_s, toUnixTimestamp64Milli(max(inserted_at)) AS last_ms
  FROM slo_touched_figures
  WHERE inserted_at >= {from: DateTime64(3, 'UTC')}
  GROUP BY tenant, minute
  ORDER BY tenant, minute`;

const Now = z.object({ now_ms: z.coerce.number() });
const Row = z.object({ tenant: Tenant, minute_s: z.coerce.number(), last_ms: z.coerce.number() });

/** A minute of a tenant, and when it last got news: of runs, or of other figures. */
export type Touched = { of: 'runs' | 'figures'; tenant: Tenant; minuteMs: number; lastMs: number };

export async function readEngineNow(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query(NOW, {}, Now, { lane: 'lookups' });
  if (row === undefined) throw new Error('The engine did not tell the time');
  return row.now_ms;
}

/** Every minute that got news since an instant. */
export async function readTouched(
  warehouse: Warehouse,
  of: 'runs' | 'figures',
  from: Date,
): Promise<Touched[]> {
  const rows = await warehouse.query(of === 'runs' ? BY_RUNS : BY_FIGURES, { from }, Row);
  return rows.map(({ tenant, minute_s, last_ms }) => ({
    of,
    tenant,
    minuteMs: minute_s * 1000,
    lastMs: last_ms,
  }));
}
