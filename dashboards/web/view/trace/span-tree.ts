import type { TraceSpan } from '../../../../schemas/trace.js';
import { instantMs } from './instant-ms.js';

/** A span in its place; times are milliseconds since 1970, with fractions. */
export type SpanNode = {
  span: TraceSpan;
  startMs: number;
  endMs: number;
  depth: number;
  /** In order of their start. */
  children: SpanNode[];
};

/** Spans under their parents; those without a known parent are roots. A circle of parents is cut where it began. */
export function spanTree(spans: readonly TraceSpan[]): SpanNode[] {
  const nodes = new Map<string, SpanNode>();
  const ordered: SpanNode[] = [];
  for (const span of spans) {
    const startMs = instantMs(span.startedAt);
    const node = { span, startMs, endMs: startMs + span.durationMs, depth: 0, children: [] };
    // Senders that repeat an id get both rows; children go to the first.
    if (!nodes.has(span.spanId)) nodes.set(span.spanId, node);
    ordered.push(node);
  }
  const roots: SpanNode[] = [];
  for (const node of ordered) {
    const parent = node.span.parentSpanId === null ? undefined : nodes.get(node.span.parentSpanId);
    if (parent === undefined || parent === node) roots.push(node);
    else parent.children.push(node);
  }
  const reached = new Set<SpanNode>();
  for (const root of roots) markDepths(root, reached);
  for (const node of ordered)
    if (!reached.has(node)) {
      // Only a circle is not reached from any root: this one becomes the root of it.
      for (const other of ordered) other.children = other.children.filter((child) => child !== node);
      roots.push(node);
      markDepths(node, reached);
    }
  return roots.sort((one, other) => one.startMs - other.startMs);
}

function markDepths(root: SpanNode, reached: Set<SpanNode>): void {
  const waiting = [root];
  reached.add(root);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    node.children.sort((one, other) => one.startMs - other.startMs);
    for (const child of node.children) {
      if (reached.has(child)) continue;
      reached.add(child);
      child.depth = node.depth + 1;
      waiting.push(child);
    }
  }
}
