import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// Copies are taken out by what tells spans apart: grouping by every column took as long again as all the reading.
const SPANS = `
  SELECT
    toString(toUnixTimestamp64Nano(started_at)) AS at_ns, toString(duration_ns) AS took_ns,
    lower(hex(span_id)) AS span, lower(hex(parent_span_id)) AS parent,
    environment, service, name, kind, status, status_message, scope, toString(resource_hash) AS resource,
    attributes AS tags,
    arrayMap(e -> (toString(toUnixTimestamp64Nano(e.at)), e.name, e.attributes), events) AS happened,
    arrayMap(l -> (lower(hex(l.trace_id)), lower(hex(l.span_id))), links) AS linked
  FROM spans
  WHERE tenant = {tenant: String} AND trace_id = toFixedString(unhex({traceHex: String}), 16)
  ORDER BY started_at, span_id, received_at
  LIMIT 1 BY started_at, duration_ns, span_id, parent_span_id, environment, service, name, kind, status, status_message, scope,
    resource_hash
  LIMIT {limit: UInt32}`;

const RESOURCES = `
  SELECT toString(resource_hash) AS resource, any(attributes) AS tags
  FROM resources
  WHERE tenant = {tenant: String} AND resource_hash IN {resources: Array(UInt64)}
  GROUP BY resource`;

const tags = z.record(z.string(), z.string());
const Span = z.object({
  at_ns: z.string(),
  took_ns: z.string(),
  span: z.string(),
  parent: z.string(),
  environment: z.string(),
  service: z.string(),
  name: z.string(),
  kind: z.enum(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']),
  status: z.enum(['unset', 'ok', 'error']),
  status_message: z.string(),
  scope: z.string(),
  resource: z.string(),
  tags,
  happened: z.array(z.tuple([z.string(), z.string(), tags])),
  linked: z.array(z.tuple([z.string(), z.string()])),
});
export type StoredSpan = z.infer<typeof Span>;
const Resource = z.object({ resource: z.string(), tags });

/** The first spans of a trace by their start. A span sent twice is shown once. */
export async function readSpans(
  warehouse: TenantWarehouse,
  question: { traceHex: string; limit: number },
  options?: StatementOptions,
): Promise<StoredSpan[]> {
  return await warehouse.query(SPANS, question, Span, options);
}

/** Attributes of the named resources. */
export async function readResources(
  warehouse: TenantWarehouse,
  resources: readonly string[],
  options?: StatementOptions,
): Promise<Record<string, Record<string, string>>> {
  if (resources.length === 0) return {};
  const asked = { resources: resources.map(BigInt) };
  const rows = await warehouse.query(RESOURCES, asked, Resource, options);
  return Object.fromEntries(rows.map((row) => [row.resource, row.tags]));
}
