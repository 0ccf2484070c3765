import type { SpanNode } from './span-tree.js';

/** A stretch of time, ms since 1970, in which the whole waited for this span and none of its children. */
export type Segment = { fromMs: number; toMs: number };

/** Ends this close count as one: senders round differently. */
const toleranceMs = 0.01;

/**
 * What the duration of `root` is made of. Read backwards from its end: whatever ended last before the present instant
 * was waited for, down to the beginning. Children that outlive their parent were not waited for. The segments of all
 * spans together are exactly as long as the root.
 */
export function criticalPath(root: SpanNode): Map<SpanNode, Segment[]> {
  const path = new Map<SpanNode, Segment[]>();
  const waiting: { node: SpanNode; fromMs: number; toMs: number }[] = [
    { node: root, fromMs: root.startMs, toMs: root.endMs },
  ];
  for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
    const { node, fromMs } = task;
    const own: Segment[] = [];
    let atMs = task.toMs;
    for (const child of [...node.children].sort((one, other) => other.endMs - one.endMs)) {
      if (atMs <= fromMs) break;
      if (child.endMs > atMs + toleranceMs || child.endMs <= fromMs) continue;
      const endMs = Math.min(child.endMs, atMs);
      const startMs = Math.max(child.startMs, fromMs);
      if (endMs <= startMs) continue;
      if (atMs > endMs) own.push({ fromMs: endMs, toMs: atMs });
      waiting.push({ node: child, fromMs: startMs, toMs: endMs });
      atMs = startMs;
    }
    if (atMs > fromMs) own.push({ fromMs, toMs: atMs });
    path.set(node, own.reverse());
  }
  return path;
}
