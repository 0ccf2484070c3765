import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** As a trace is looked up. */
const SEEN = `
  SELECT count() AS seen FROM spans WHERE tenant = 'default' AND trace_id = unhex({traceId: String})`;
const Seen = z.object({ seen: z.coerce.number() });

/** From the answer to a span's request until a query finds it, in milliseconds. */
export async function timeToVisibleMs(warehouse: Warehouse, port: number, traceId: string): Promise<number> {
  const nowNs = `${Date.now()}000000`;
  const span = {
    traceId,
    spanId: 'cd'.repeat(8),
    name: 'seen',
    startTimeUnixNano: nowNs,
    endTimeUnixNano: nowNs,
  };
  const attributes = [{ key: 'service.name', value: { stringValue: 'seen' } }];
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] }),
  });
  if (response.status !== 200) throw new Error(`The span was answered with ${response.status}`);
  await response.arrayBuffer();
  const ackedMs = performance.now();
  for (;;) {
    const [row] = await warehouse.query(SEEN, { traceId }, Seen);
    if (row !== undefined && row.seen > 0) return performance.now() - ackedMs;
    await pause(10);
  }
}
