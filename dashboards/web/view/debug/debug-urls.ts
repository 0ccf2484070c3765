import type { SliName } from '../../../../schemas/sli.js';
import { windowParamsOf as windowParams } from '../view-state.js';
import type { DebugState, FixedWindow } from './debug-state.js';

/** The function a path is about; a path that is not well encoded is taken as it is. */
export function functionNameIn(path: string): string {
  const encoded = path.slice('/functions/'.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

export function traceHref(traceId: string, spanId: string | null): string {
  return `/traces/${traceId}${spanId === null ? '' : `?span=${spanId}`}`;
}

/** What the page asks, each the whole address of one call. */
export function debugUrls(name: string, state: DebugState) {
  const window = windowParams(state);
  const environment = state.environment === null ? {} : { environment: state.environment };
  const version = state.version === null ? {} : { version: state.version };
  const whose = { function: name, ...environment };
  const sli = (indicator: SliName) => url('sli', { sli: indicator, ...window, ...whose, ...version });
  return {
    success: sli('success'),
    timeout: sli('timeout'),
    throttle: sli('throttle'),
    coldStart: sli('coldStart'),
    retry: sli('retry'),
    duplicate: sli('duplicate'),
    latency: url('latency', { ...window, ...whose, ...version }),
    heatmap: url('heatmap', { ...window, ...whose, ...version, columns: '120', rows: '36' }),
    functions: url('functions', { ...window, ...environment, costs: 'false' }),
    errors: url('errors', { ...window, ...whose, ...version, limit: '20' }),
    dependencies: url('dependencies', { ...window, ...whose, limit: '50' }),
    versions: url('sli', { sli: 'success', groupBy: 'version', ...window, ...whose }),
    versionsCold: url('sli', { sli: 'coldStart', groupBy: 'version', ...window, ...whose }),
    memory: sli('memory'),
    deployments: url('deployments', { ...window, function: name, limit: '100' }),
    queues: url('queues', { ...window, ...environment, limit: '1000' }),
    invocations: invocationsUrl(name, state),
  };
}

/** Quantiles of one version, beside the others. */
export function versionLatencyUrl(name: string, state: DebugState, version: string): string {
  const environment = state.environment === null ? {} : { environment: state.environment };
  return url('latency', { ...windowParams(state), function: name, ...environment, version });
}

/** How runs split by one dimension, beside the time before. */
export function contrastUrl(name: string, state: DebugState, dimension: string): string {
  const environment = state.environment === null ? {} : { environment: state.environment };
  const version = state.version === null ? {} : { version: state.version };
  return url('sli', {
    sli: 'success',
    groupBy: dimension,
    compare: 'previous',
    ...windowParams(state),
    function: name,
    ...environment,
    ...version,
  });
}

/** How many runs took less than so long by one dimension; of a window, or of the time shown. */
export function regionUrl(
  name: string,
  state: DebugState,
  dimension: string,
  window: FixedWindow | null,
  thresholdMs: number,
): string {
  const environment = state.environment === null ? {} : { environment: state.environment };
  const version = state.version === null ? {} : { version: state.version };
  const time =
    window === null ? windowParams(state) : { from: String(window.fromMs), to: String(window.toMs) };
  return url('sli', {
    sli: 'latency',
    groupBy: dimension,
    thresholdMs: String(thresholdMs),
    ...time,
    function: name,
    ...environment,
    ...version,
  });
}

/** The first page of the list, with all its filters. */
function invocationsUrl(name: string, state: DebugState): string {
  const { listed, group } = state;
  const window =
    listed === null ? windowParams(state) : { from: String(listed.fromMs), to: String(listed.toMs) };
  const filters = {
    environment: state.environment,
    version: state.version,
    cold: state.cold,
    outcome: state.outcome,
    errorType: state.errorType,
    fingerprint: group,
    invocationId: state.id,
    minDurationMs: state.minMs,
    maxDurationMs: state.maxMs,
  };
  const given = Object.entries(filters).flatMap(([key, value]) =>
    value === null ? [] : [[key, String(value)]],
  );
  return url('invocations', { ...window, function: name, ...Object.fromEntries(given) });
}

function url(endpoint: string, params: Record<string, string>): string {
  return `/api/v1/${endpoint}?${new URLSearchParams(params)}`;
}
