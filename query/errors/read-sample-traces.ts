import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT leftPad(lower(hex(e.fingerprint)), 16, '0') AS fingerprint, lower(hex(trace_id)) AS traceId
  FROM span_errors AS e
  WHERE tenant = {tenant: String}
    AND e.fingerprint IN (
      SELECT reinterpretAsUInt64(reverse(unhex(name))) FROM (SELECT arrayJoin({fingerprints: Array(String)}) AS name))
    AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
    AND ({function: Nullable(String)} IS NULL OR function = {function: Nullable(String)})
    AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
    AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
    AND trace_id != toFixedString('', 16)
  ORDER BY e.fingerprint, at DESC
  LIMIT 3 BY e.fingerprint`;

const Row = z.object({ fingerprint: z.string(), traceId: z.string() });

export type SamplesQuestion = {
  fingerprints: string[];
  from: Date;
  to: Date;
  function: string | null;
  environment: string | null;
  version: string | null;
};

/** Traces of the latest occurrences of each group, latest first. Raw errors are kept 30 days; older ones have none. */
export async function readSampleTraces(
  warehouse: TenantWarehouse,
  question: SamplesQuestion,
  options?: StatementOptions,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (question.fingerprints.length === 0) return found;
  for (const { fingerprint, traceId } of await warehouse.query(SQL, question, Row, options)) {
    const traces = found.get(fingerprint) ?? [];
    if (!traces.includes(traceId)) traces.push(traceId);
    found.set(fingerprint, traces);
  }
  return found;
}
