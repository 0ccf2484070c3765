import type { z } from 'zod';
import type { InvocationRow } from '../../../../schemas/invocations.js';
import type { LogLine, Trace } from '../../../../schemas/trace.js';
import { criticalPath, type Segment } from './critical-path.js';
import { instantMs } from './instant-ms.js';
import { type SpanNode, spanTree } from './span-tree.js';

type Invocation = z.infer<typeof InvocationRow>;

export type SpanRow = {
  kind: 'span';
  node: SpanNode;
  /** The invocation this span is, if it is one. */
  invocation: Invocation | null;
  critical: readonly Segment[];
};
export type ExceptionRow = {
  kind: 'exception';
  spanId: string;
  depth: number;
  atMs: number;
  type: string;
  message: string;
};
export type LogRow = { kind: 'log'; spanId: string | null; depth: number; atMs: number; log: LogLine };
export type TraceRow = SpanRow | ExceptionRow | LogRow;

export type TraceView = {
  rows: TraceRow[];
  startMs: number;
  endMs: number;
  errors: number;
  services: string[];
};

const none: readonly Segment[] = [];

/** The waterfall from top to bottom: each span, what was said in it, then its children. */
export function traceView(trace: Trace, withLogs: boolean): TraceView {
  const roots = spanTree(trace.spans);
  const longest = roots.reduce<SpanNode | null>(
    (before, root) => (before === null || lengthMs(root) > lengthMs(before) ? root : before),
    null,
  );
  const critical = longest === null ? new Map<SpanNode, Segment[]>() : criticalPath(longest);
  const invocations = new Map(trace.invocations.map((one) => [one.spanId, one]));
  const logs = withLogs ? logsBySpan(trace) : new Map<string | null, LogLine[]>();
  const rows: TraceRow[] = [];
  const drawn = new Set<SpanNode>();
  const waiting = [...roots].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (drawn.has(node)) continue;
    drawn.add(node);
    const { span, depth } = node;
    rows.push({
      kind: 'span',
      node,
      invocation: invocations.get(span.spanId) ?? null,
      critical: critical.get(node) ?? none,
    });
    const said: (ExceptionRow | LogRow)[] = [
      ...exceptionsOf(node),
      ...(logs.get(span.spanId) ?? []).map((log) => logRow(log, span.spanId, depth + 1)),
    ];
    rows.push(...said.sort((one, other) => one.atMs - other.atMs));
    waiting.push(...[...node.children].reverse());
  }
  rows.push(...(logs.get(null) ?? []).map((log) => logRow(log, null, 0)));
  return {
    rows,
    ...bounds(trace, drawn),
    errors: trace.spans.filter(({ status }) => status === 'error').length,
    services: [...new Set(trace.spans.map(({ service }) => service))],
  };
}

function lengthMs({ startMs, endMs }: SpanNode): number {
  return endMs - startMs;
}

/** Wide enough for everything drawn, and never empty. */
function bounds(trace: Trace, drawn: ReadonlySet<SpanNode>): { startMs: number; endMs: number } {
  let startMs = instantMs(trace.startedAt);
  let endMs = instantMs(trace.endedAt);
  for (const node of drawn) {
    startMs = Math.min(startMs, node.startMs);
    endMs = Math.max(endMs, node.endMs);
  }
  return { startMs, endMs: Math.max(endMs, startMs + 0.001) };
}

/** Under null: those of no span that is shown. */
function logsBySpan({ logs, spans }: Trace): Map<string | null, LogLine[]> {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const bySpan = new Map<string | null, LogLine[]>();
  for (const log of logs) {
    const spanId = log.spanId !== null && known.has(log.spanId) ? log.spanId : null;
    const before = bySpan.get(spanId);
    if (before === undefined) bySpan.set(spanId, [log]);
    else before.push(log);
  }
  return bySpan;
}

function exceptionsOf({ span, depth }: SpanNode): ExceptionRow[] {
  return span.events
    .filter(({ name }) => name === 'exception')
    .map(({ at, attributes }) => ({
      kind: 'exception',
      spanId: span.spanId,
      depth: depth + 1,
      atMs: instantMs(at),
      type: attributes['exception.type'] ?? '',
      message: attributes['exception.message'] ?? '',
    }));
}

function logRow(log: LogLine, spanId: string | null, depth: number): LogRow {
  return { kind: 'log', spanId, depth, atMs: instantMs(log.at), log };
}
