/** A month is three slices of it. */
export const idSliceMs = 2 * 24 * 3_600_000;

/** Of the newest slice of a search for one id, which an index finds wherever it is; undefined when many rows may match. */
export function firstSliceMs(asked: {
  invocationId?: string | null;
  traceHex?: string | null;
}): number | undefined {
  return (asked.invocationId ?? asked.traceHex ?? null) === null ? undefined : idSliceMs;
}
