import type { TraceSpan } from '../../schemas/trace.js';
import { isoOf } from '../search/read-invocations.js';
import type { StoredSpan } from './read-spans.js';

const noParent = '0'.repeat(16);

/**
 * Spans as a reader can draw them: those whose parent is missing are marked instead of dropped, and those that start
 * before their parent say by how much, because then two clocks disagree and a line drawn from both would mislead.
 */
export function arrangeSpans(stored: readonly StoredSpan[]): TraceSpan[] {
  const byId = new Map(stored.map((span) => [span.span, span]));
  return stored.map((span) => {
    const parent = span.parent === noParent || span.parent === span.span ? null : span.parent;
    const above = parent === null ? undefined : byId.get(parent);
    const earlyNs = above === undefined ? 0n : BigInt(above.at_ns) - BigInt(span.at_ns);
    return {
      spanId: span.span,
      parentSpanId: parent,
      isOrphan: parent !== null && above === undefined,
      skewMs: earlyNs > 0n ? Number(earlyNs) / 1e6 : null,
      service: span.service,
      environment: span.environment,
      name: span.name,
      kind: span.kind,
      startedAt: isoOf(span.at_ns),
      durationMs: Number(span.took_ns) / 1e6,
      status: span.status,
      statusMessage: span.status_message,
      scope: span.scope,
      attributes: span.tags,
      events: span.happened.map(([atNs, name, attributes]) => ({ at: isoOf(atNs), name, attributes })),
      links: span.linked.map(([traceId, spanId]) => ({ traceId, spanId })),
      resource: span.resource,
    };
  });
}
