import type { Trace } from '../../schemas/trace.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { invocationOf, isoOf, readInvocationsOfTrace } from '../search/read-invocations.js';
import { everyLog, logLineOf, readLogs } from '../search/read-logs.js';
import { firstCursor } from '../search/read-page.js';
import { arrangeSpans } from './arrange-spans.js';
import { readResources, readSpans, type StoredSpan } from './read-spans.js';

const maxSpans = 5_000;
const maxLogs = 2_000;
const maxInvocations = 1_000;
/** Invocations and logs are kept by function and time, so they are looked for this far around the spans. */
const aroundMs = 15 * 60_000;
/** A span whose clock is far off must not make this a search of everything. */
const longestMs = 2 * 24 * 3_600_000;

/** Everything known of a trace; null when nothing of it is stored. */
export async function readTrace(
  warehouse: TenantWarehouse,
  traceId: string,
  /** Where to look when there are no spans: invocations from reports and logs may be all there is. */
  fallback: { from: Date; to: Date },
  options: StatementOptions = {},
): Promise<Trace | null> {
  const traceHex = traceId.toLowerCase();
  const stored = await readSpans(warehouse, { traceHex, limit: maxSpans + 1 }, options);
  const window = windowOf(stored) ?? fallback;
  const slice = { sliceFrom: window.from, sliceTo: window.to, ...upTo(window) };
  const shown = stored.slice(0, maxSpans);
  const [resources, logs, invocations] = await Promise.all([
    readResources(warehouse, [...new Set(shown.map(({ resource }) => resource))], options),
    readLogs(warehouse, { ...everyLog, ...slice, traceHex, limit: maxLogs + 1 }, options),
    readInvocationsOfTrace(warehouse, { ...slice, traceHex, limit: maxInvocations }, options),
  ]);
  const starts = [...shown, ...logs, ...invocations].map(({ at_ns }) => BigInt(at_ns));
  const ends = [
    ...starts,
    ...shown.map((span) => BigInt(span.at_ns) + BigInt(span.took_ns)),
    ...invocations.map((row) => BigInt(row.at_ns) + BigInt(Math.round(row.duration_ns))),
  ];
  if (starts.length === 0) return null;
  return {
    traceId: traceHex,
    startedAt: isoOf(`${starts.toSorted(ascending).at(0)}`),
    endedAt: isoOf(`${ends.toSorted(ascending).at(-1)}`),
    spans: arrangeSpans(shown),
    spansTruncated: stored.length > maxSpans,
    resources,
    logs: logs.slice(0, maxLogs).map(logLineOf).reverse(),
    logsTruncated: logs.length > maxLogs,
    invocations: invocations.map(invocationOf).reverse(),
  };
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : 1;
}

function windowOf(spans: readonly StoredSpan[]): { from: Date; to: Date } | null {
  const [first] = spans;
  if (first === undefined) return null;
  const endsMs = spans.map((span) => Number((BigInt(span.at_ns) + BigInt(span.took_ns)) / 1_000_000n));
  const endMs = endsMs.reduce((most, at) => Math.max(most, at));
  const startMs = Math.max(Number(BigInt(first.at_ns) / 1_000_000n), endMs - longestMs);
  return { from: new Date(startMs - aroundMs), to: new Date(endMs + aroundMs) };
}

function upTo(window: { from: Date; to: Date }): { atNs: string; tie: string } {
  const { atNs, tie } = firstCursor(window);
  return { atNs, tie };
}
