import type { Attributes } from '@opentelemetry/api';
import type { DemoInvocation } from '../../simulate/invocation.js';
import { currentEnvironmentKey, type Entry, kinds, ownership, routeOf, type Shape } from '../shape.js';

const scope = { name: '@opentelemetry/instrumentation-http', version: '0.223.0' };

/** Google sends no spans of its own: what comes is the server span of the framework inside. */
function googleShape(platform: 'gcp_cloud_functions' | 'gcp_cloud_run'): Shape {
  return {
    resource: (invocation) => ({
      'service.name': invocation.function.name,
      'cloud.provider': 'gcp',
      'cloud.platform': platform,
      'cloud.region': invocation.region,
      'cloud.account.id': 'shop-production',
      'faas.name': invocation.function.name,
      'faas.version': invocation.version,
      'faas.instance': invocation.instance,
      ...ownership(invocation, currentEnvironmentKey),
    }),
    scope,
    entry: serverEntry,
    outgoing: (name, failed) => ({
      'http.request.method': 'POST',
      'server.address': `${name}.internal`,
      'http.response.status_code': failed ? 503 : 200,
    }),
    outgoingScope: scope,
  };
}

export const googleFunctions = googleShape('gcp_cloud_functions');
export const googleRun = googleShape('gcp_cloud_run');

/** A request to the instance, whatever the trigger: events come as POST too. */
export function serverEntry(invocation: DemoInvocation): Entry {
  const { outcome, function: demoFunction, httpStatus, errorType: type, errorMessage: message } = invocation;
  const isHttp = demoFunction.trigger === 'http';
  const failed = outcome === 'error';
  const status = httpStatus === 0 ? (failed ? 500 : 200) : httpStatus;
  const attributes: Attributes = {
    'http.request.method': 'POST',
    'http.route': isHttp ? routeOf(invocation) : '/',
    'url.path': isHttp ? `/${demoFunction.name}/42` : '/',
    'url.scheme': 'http',
    'http.response.status_code': status,
    // Events are pushed as CloudEvents; their id stays the same however often they come.
    ...(isHttp ? {} : { 'cloudevents.event_id': invocation.eventId }),
    ...(failed ? { 'error.type': demoFunction.failsBy === 'throwing' ? type : String(status) } : {}),
  };
  return {
    name: isHttp ? `POST ${routeOf(invocation)}` : 'POST /',
    kind: kinds.server,
    attributes,
    continuesTrace: true,
    failure: failed ? message : null,
    exception: failed && demoFunction.failsBy === 'throwing' ? { type, message } : null,
    message: null,
  };
}
