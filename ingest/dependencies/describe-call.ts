import { spanKinds } from '../classify/span-facts.js';
import { type Call, type CallAttributes, firstOf, type Peer } from './call.js';
import { databasePeer } from './database-peer.js';
import { foldName } from './fold-name.js';
import { hostName, httpPeer, isTelemetryExport } from './http-peer.js';
import { queuePeer } from './queue-peer.js';
import { rpcPeer } from './rpc-peer.js';

/** What shows on a span of the kind server that its run was started by a message or an object, and not by a caller. */
const sourceKeys = [
  'messaging.destination.name',
  'messaging.destination',
  'messaging.source.name',
  'cloudflare.queue.name',
] as const;

/**
 * What a span calls, or what it was called by when that is a queue or a store; null for steps inside a process, for
 * servers that answer requests, and for what an exporter sends.
 */
export function describeCall(kind: number, attributes: CallAttributes, spanName: () => string): Call | null {
  switch (kind) {
    case spanKinds.client:
    case spanKinds.producer:
      return outgoing(kind, attributes, spanName);
    case spanKinds.consumer:
      return incoming(queuePeer(attributes, 'process'));
    case spanKinds.server:
      return incoming(startedBy(attributes));
    default:
      return null;
  }
}

function outgoing(kind: number, attributes: CallAttributes, spanName: () => string): Call | null {
  const found =
    invokes(attributes) ??
    queuePeer(attributes, 'send') ??
    databasePeer(attributes) ??
    rpcPeer(attributes) ??
    httpPeer(attributes) ??
    unknownPeer(attributes, spanName);
  if (isTelemetryExport(found)) return null;
  const isRead =
    found.kind === 'queue' && kind === spanKinds.client && /^(?:receive|process)$/.test(found.operation);
  const resent =
    attributes.number('http.request.resend_count') ?? attributes.number('http.resend_count') ?? 0;
  return { direction: isRead ? 'in' : 'out', ...found, retry: resent > 0 };
}

/** Asked first, because a call to a function goes over HTTP or RPC and says so as well. */
function invokes(attributes: CallAttributes): Peer | null {
  return attributes.has('faas.invoked_name') ? rpcPeer(attributes) : null;
}

function incoming(peer: Peer | null): Call | null {
  return peer === null ? null : { direction: 'in', ...peer, retry: false };
}

function startedBy(attributes: CallAttributes): Peer | null {
  if (sourceKeys.some((key) => attributes.has(key))) return queuePeer(attributes, 'process');
  const store = attributes.text('faas.document.collection');
  return store === null ? null : { kind: 'storage', peer: foldName(store), operation: 'process' };
}

function unknownPeer(attributes: CallAttributes, spanName: () => string): Peer {
  const peer = hostName(attributes) || firstOf(attributes, 'peer.service') || '(unknown)';
  return { kind: 'other', peer, operation: foldName(spanName()) };
}
