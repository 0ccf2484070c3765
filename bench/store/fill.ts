import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { cpuSeconds, type Figure } from './figure.js';
import { generateInvocations } from './generate.js';

export type Filled = { tenant: Tenant; from: Date; days: number; total: number; now: Date };

const chunk = 1e6;

// The calls of each tenth trace: one root and two calls it made.
const SPANS = `
  INSERT INTO spans (tenant, environment, service, name, kind, started_at, duration_ns, status, trace_id, span_id, parent_span_id,
    scope, resource_hash, attribute_keys, attribute_values, received_at)
  SELECT tenant, environment, function, if(child = 0, function, concat('GET /', toString(child))), if(child = 0, 'server', 'client'),
    started_at + toIntervalMillisecond(child * 3), intDiv(duration_ns, child + 1), 'unset', trace_id,
    if(child = 0, span_id, reinterpretAsFixedString(cityHash64(span_id, child))), if(child = 0, toFixedString('', 8), span_id),
    'bench', cityHash64(function), '["http.request.method","server.address","http.response.status_code"]',
    concat('["GET","host-', toString(child), '.internal","200"]'), received_at
  FROM invocations ARRAY JOIN [0, 1, 2] AS child
  WHERE tenant = {tenant: String} AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
    AND reinterpretAsUInt64(span_id) % 10 = 0`;

/** Fills the store as a month would, and lets merges finish so that figures are those of data at rest. */
export async function fillStore(warehouse: Warehouse, filled: Filled): Promise<Figure[]> {
  const { tenant, from, days, total, now } = filled;
  const cpu = await cpuSeconds(async () => {
    for (let first = 0; first < total; first += chunk) {
      const count = Math.min(chunk, total - first);
      await generateInvocations(warehouse, { tenant, from, days, first, count, total }, 'invocations');
    }
  });
  for (let day = 12; day > 0; day -= 1) {
    const at = (ago: number) => new Date(now.getTime() - ago * 86_400_000);
    await warehouse.command(SPANS, { tenant, from: at(day), to: at(day - 1) }, { timeoutMs: 600_000 });
  }
  for (const table of ['invocations_1m', 'invocations_1h', 'latency_1m', 'latency_1h'])
    await warehouse.command(`OPTIMIZE TABLE ${table} FINAL`, {}, { timeoutMs: 900_000 });
  return [
    { measure: 'invocations made', value: total / 1e6, unit: 'M' },
    {
      measure: 'making and inserting them, rollups included',
      value: cpu / (total / 1e6),
      unit: 'CPU-s per million',
    },
  ];
}
