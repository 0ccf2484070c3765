import type { DependencyEdge, DependencyFlow } from '../../schemas/dependencies.js';

/** Beyond this a drawing says nothing any more. */
const mostFlows = 1000;

/**
 * Which function leads to which: by a direct call, or over a queue or store that one sends to and the other is started by.
 * Joined by name and environment, so each side may come whenever it comes.
 */
export function joinFlows(edges: readonly DependencyEdge[]): DependencyFlow[] {
  const receivers = new Map<string, Map<string, number>>();
  const senders = new Map<string, Map<string, number>>();
  const flows = new Map<string, DependencyFlow>();
  for (const edge of edges) {
    if (edge.direction === 'out' && edge.peerKind === 'function') addDirect(flows, edge);
    if (edge.peerKind !== 'queue' && edge.peerKind !== 'storage') continue;
    addTo(edge.direction === 'in' ? receivers : senders, edge);
  }
  for (const [place, sent] of senders) {
    const { environment, peer } = placeOf(place);
    for (const [from, sentCount] of sent)
      for (const [to, received] of receivers.get(place) ?? []) {
        if (flows.size >= mostFlows) return byName(flows);
        const flow = { environment, from, to, via: peer, sent: sentCount, received };
        flows.set(JSON.stringify([environment, from, to, peer]), flow);
      }
  }
  return byName(flows);
}

function addDirect(
  flows: Map<string, DependencyFlow>,
  { environment, function: from, peer: to, calls }: DependencyEdge,
): void {
  const key = JSON.stringify([environment, from, to, null]);
  const sent = (flows.get(key)?.sent ?? 0) + calls;
  flows.set(key, { environment, from, to, via: null, sent, received: null });
}

function addTo(
  side: Map<string, Map<string, number>>,
  { environment, peer, function: name, calls }: DependencyEdge,
): void {
  const place = `${environment}\u0000${peer}`;
  const counts = side.get(place) ?? new Map<string, number>();
  counts.set(name, (counts.get(name) ?? 0) + calls);
  side.set(place, counts);
}

function placeOf(place: string): { environment: string; peer: string } {
  const at = place.indexOf('\u0000');
  return { environment: place.slice(0, at), peer: place.slice(at + 1) };
}

function byName(flows: ReadonlyMap<string, DependencyFlow>): DependencyFlow[] {
  return [...flows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, flow]) => flow);
}
