import { z } from 'zod';
import type { ErrorDetail } from '../../schemas/errors.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const VERSIONS = `
  SELECT function, environment, version, sum(told) AS count,
    toUnixTimestamp(min(minute)) AS first_s, toUnixTimestamp(max(minute)) AS last_s
  FROM (
    SELECT function, environment, version, minute, greatest(sum(spans), sum(logs)) AS told
    FROM errors_1m
    WHERE tenant = {tenant: String}
      AND fingerprint = reinterpretAsUInt64(reverse(unhex({fingerprint: String})))
      AND minute >= {from: DateTime64(3, 'UTC')} AND minute < {to: DateTime64(3, 'UTC')}
    GROUP BY function, environment, version, minute
  )
  GROUP BY function, environment, version
  ORDER BY count DESC, function, environment, version
  LIMIT 100`;

const SAMPLES = `
  SELECT toUnixTimestamp64Milli(toDateTime64(at, 3)) AS at_ms, function, environment, version, message, stack, escaped,
    lower(hex(trace_id)) AS traceId, lower(hex(span_id)) AS spanId
  FROM span_errors
  WHERE tenant = {tenant: String}
    AND fingerprint = reinterpretAsUInt64(reverse(unhex({fingerprint: String})))
    AND at >= {from: DateTime64(3, 'UTC')} AND at < {to: DateTime64(3, 'UTC')}
  ORDER BY at DESC
  LIMIT 20`;

const count = z.coerce.number().int().nonnegative();
const VersionRow = z.object({
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  count,
  first_s: count,
  last_s: count,
});
const SampleRow = z.object({
  at_ms: count,
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  message: z.string(),
  stack: z.string(),
  escaped: z.boolean(),
  traceId: z.string(),
  spanId: z.string(),
});

/** Where one group of errors was raised in the window, and its latest occurrences. */
export async function readErrorDetail(
  warehouse: TenantWarehouse,
  question: { fingerprint: string; from: Date; to: Date },
  options?: StatementOptions,
): Promise<Pick<ErrorDetail, 'byVersion' | 'samples'>> {
  const [versions, samples] = await Promise.all([
    warehouse.query(VERSIONS, question, VersionRow, options),
    warehouse.query(SAMPLES, question, SampleRow, options),
  ]);
  return {
    byVersion: versions.map(({ first_s, last_s, ...rest }) => ({
      ...rest,
      firstAt: new Date(first_s * 1000).toISOString(),
      lastAt: new Date(last_s * 1000).toISOString(),
    })),
    samples: samples.map(({ at_ms, traceId, spanId, ...rest }) => ({
      at: new Date(at_ms).toISOString(),
      ...rest,
      traceId: idOrNull(traceId),
      spanId: idOrNull(spanId),
    })),
  };
}

function idOrNull(hex: string): string | null {
  return /^0*$/.test(hex) ? null : hex;
}
