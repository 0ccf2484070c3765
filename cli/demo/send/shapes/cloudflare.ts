import type { DemoInvocation, DemoOutcome } from '../../simulate/invocation.js';
import { cpuUs } from '../../truth/billed-units.js';
import { currentEnvironmentKey, kinds, ownership, type Shape } from '../shape.js';

const outcomes: Readonly<Record<DemoOutcome, string>> = {
  ok: 'ok',
  error: 'exception',
  timeout: 'exceededCpu',
  oom: 'exceededMemory',
  throttled: 'loadShed',
};
const scope = { name: 'cloudflare', version: '' };

/** Native traces of Workers; the invocation id is on every span. A Collector on the way adds the owner. */
export const cloudflare: Shape = {
  resource: (invocation) => ({
    'service.name': invocation.function.name,
    'cloud.provider': 'cloudflare',
    'cloud.platform': 'cloudflare.workers',
    'faas.name': invocation.function.name,
    'faas.version': invocation.version,
    'faas.invoked_region': invocation.region,
    'cloudflare.script_name': invocation.function.name,
    'telemetry.sdk.language': 'javascript',
    'telemetry.sdk.name': 'cloudflare',
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope,
  entry: (invocation) => {
    const { outcome, errorMessage: message, errorType: type } = invocation;
    const isHttp = invocation.function.trigger === 'http';
    return {
      name: isHttp ? 'fetch' : 'queue',
      kind: kinds.server,
      attributes: {
        'faas.invocation_id': invocation.invocationId,
        'faas.trigger': isHttp ? 'http' : 'queue',
        'cloudflare.handler_type': isHttp ? 'fetch' : 'queue',
        'cloudflare.ray_id': invocation.invocationId,
        'cloudflare.outcome': outcomes[outcome],
        cpu_time: Math.round(cpuUs(invocation) / 1000),
        wall_time: Math.round(invocation.durationUs / 1000),
        ...coldAttributes(invocation),
        ...(isHttp
          ? { 'http.request.method': 'GET', 'http.response.status_code': invocation.httpStatus }
          : {
              'cloudflare.queue.name': `${invocation.function.name}-queue`,
              'cloudflare.queue.batch_size': 1,
            }),
      },
      continuesTrace: false,
      failure: outcome === 'ok' ? null : message,
      exception: outcome === 'error' ? { type, message } : null,
      message: null,
    };
  },
  outgoing: (name, failed, invocation) => ({
    'faas.invocation_id': invocation.invocationId,
    'http.request.method': 'GET',
    'url.full': `https://${name}.internal/`,
    'http.response.status_code': failed ? 503 : 200,
  }),
  outgoingScope: scope,
};

function coldAttributes({ isCold, initUs }: DemoInvocation) {
  return isCold
    ? { 'faas.cold_start': true, cold_start_ms: Math.max(1, Math.round(initUs / 1000)) }
    : { 'faas.cold_start': false };
}
