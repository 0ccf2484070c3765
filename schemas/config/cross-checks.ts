import { alertingProblems } from './alerting-checks.js';
import type { Config } from './config.js';
import { type HostPort, isLoopback } from './host-port.js';
import type { SettingPath } from './problem.js';

export type CrossProblem = { path: SettingPath; says: string };

/** What no single setting can see: settings that contradict each other. */
export function crossProblems(config: Config): CrossProblem[] {
  return [
    ...clusterWithoutServer(config),
    ...sameAddress(config),
    ...diskOrder(config),
    ...telemetryLoop(config),
    ...alertingProblems(config.alerting),
  ];
}

function clusterWithoutServer({ clickhouse }: Config): CrossProblem[] {
  if (clickhouse.cluster === null || clickhouse.url !== null) return [];
  const says = `needs clickhouse.url (COLDBURN_CLICKHOUSE_URL): only a server can be part of a cluster, the embedded engine cannot`;
  return [{ path: ['clickhouse', 'cluster'], says }];
}

function sameAddress({ listen }: Config): CrossProblem[] {
  const named = [
    { key: 'http', at: listen.http },
    { key: 'otlpHttp', at: listen.otlpHttp },
    { key: 'otlpGrpc', at: listen.otlpGrpc },
  ];
  return named.flatMap(({ key, at }, index) => {
    const other = named.slice(0, index).find((one) => overlaps(one.at, at));
    if (other === undefined) return [];
    const says = `takes the same address as listen.${other.key}; give it a port of its own`;
    return [{ path: ['listen', key], says }];
  });
}

function overlaps(one: HostPort, other: HostPort): boolean {
  const everywhere = ['0.0.0.0', '::'];
  const sameHost =
    one.host === other.host || everywhere.includes(one.host) || everywhere.includes(other.host);
  return one.port !== 0 && one.port === other.port && sameHost;
}

function diskOrder({ disk }: Config): CrossProblem[] {
  if (disk.warnFreeRatio >= disk.stopFreeRatio) return [];
  const says = `(${disk.warnFreeRatio}) is below disk.stopFreeRatio (${disk.stopFreeRatio}): it would stop before it warns`;
  return [{ path: ['disk', 'warnFreeRatio'], says }];
}

/** Own traces sent to the own receiver would be traced in turn, without end. */
function telemetryLoop({ telemetry, listen }: Config): CrossProblem[] {
  if (telemetry.endpoint === null) return [];
  const { hostname, port, protocol } = new URL(telemetry.endpoint);
  const target = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  const { otlpHttp } = listen;
  const local = overlaps(target, otlpHttp) || (isLoopback(target) && isLoopback(otlpHttp));
  if (otlpHttp.port !== target.port || !local) return [];
  const says = `is this Coldburn's own receiver (listen.otlpHttp): tracing that would never end; send them to another one`;
  return [{ path: ['telemetry', 'endpoint'], says }];
}
