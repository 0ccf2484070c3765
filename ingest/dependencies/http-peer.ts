import { type CallAttributes, firstOf, type Peer } from './call.js';
import { foldName } from './fold-name.js';
import { foldRoute } from './fold-route.js';

const wellKnownPorts = new Set(['', '80', '443']);
const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#:]+|\[[^\]]*\])(?::(\d+))?([^?#]*)/i;

const exportRoute = /\/v1\/(?:traces|metrics|logs)$/;

type Place = { host: string; port: string; path: string };

/** An HTTP call by host, method and route; raw paths are folded. */
export function httpPeer(attributes: CallAttributes): Peer | null {
  const method = firstOf(attributes, 'http.request.method', 'http.method');
  const full = firstOf(attributes, 'url.full', 'http.url');
  if (method === '' && full === '') return null;
  const place = placeOf(attributes, full);
  const template = firstOf(attributes, 'url.template', 'http.route');
  const route = template === '' ? foldRoute(place.path) : template.slice(0, 200);
  return {
    kind: 'http',
    peer: hostName(attributes, place),
    operation: `${method.slice(0, 16).toUpperCase() || 'HTTP'} ${route}`,
  };
}

/** The service somebody named, else host and port. */
export function hostName(attributes: CallAttributes, place: Place = placeOf(attributes, '')): string {
  const service = attributes.text('peer.service');
  if (service !== null) return foldName(service);
  const host = place.host.toLowerCase();
  return wellKnownPorts.has(place.port) || host.includes(':')
    ? foldName(host)
    : `${foldName(host)}:${place.port}`;
}

/** What an exporter sends to a Collector is not part of the function's work. */
export function isTelemetryExport({ kind, peer, operation }: Peer): boolean {
  if (kind === 'rpc') return peer.startsWith('opentelemetry.proto.collector.');
  return kind === 'http' && exportRoute.test(operation);
}

function placeOf(attributes: CallAttributes, full: string): Place {
  const [, host = '', port = '', path = ''] = url.exec(full) ?? [];
  const address = firstOf(attributes, 'server.address', 'net.peer.name', 'http.host');
  return {
    host: address || host,
    port: firstOf(attributes, 'server.port', 'net.peer.port') || port,
    path: path || firstOf(attributes, 'url.path', 'http.target') || '/',
  };
}
