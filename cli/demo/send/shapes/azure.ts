import type { Attributes } from '@opentelemetry/api';
import type { Trigger } from '../../fleet/demo-function.js';
import type { DemoInvocation } from '../../simulate/invocation.js';
import { currentEnvironmentKey, kinds, ownership, routeOf, type Shape } from '../shape.js';

/** What the host calls its triggers; once in a while it sends these instead of the convention's (host#10560). */
const rawTriggers: Readonly<Record<Trigger, string>> = {
  http: 'httpTrigger',
  queue: 'queueTrigger',
  timer: 'timerTrigger',
  storage: 'blobTrigger',
  stream: 'eventHubTrigger',
};
const timeoutType = 'Microsoft.Azure.WebJobs.Host.FunctionTimeoutException';

/** The Functions host: one app holds several functions, so the name is on the span. */
export const azureHost: Shape = {
  resource: (invocation) => {
    const app = `shop-${invocation.function.team}`;
    return {
      'service.name': app,
      'service.version': invocation.version,
      'cloud.provider': 'azure',
      'cloud.platform': 'azure_functions',
      'cloud.region': invocation.region,
      'cloud.resource_id': `/subscriptions/7f0c/resourceGroups/shop/providers/Microsoft.Web/sites/${app}`,
      ...ownership(invocation, currentEnvironmentKey),
    };
  },
  scope: { name: 'Microsoft.Azure.WebJobs.Host', version: '3.0.44' },
  entry: (invocation) => {
    const { outcome, function: demoFunction } = invocation;
    const failed = outcome === 'error' || outcome === 'timeout';
    const thrown =
      outcome === 'timeout'
        ? {
            type: timeoutType,
            message: `Timeout value of ${clockOf(demoFunction.timeoutMs)} was exceeded by function: Functions.${demoFunction.name}`,
          }
        : { type: invocation.errorType, message: invocation.errorMessage };
    return {
      name: demoFunction.trigger === 'http' ? `POST ${routeOf(invocation)}` : demoFunction.name,
      kind: demoFunction.trigger === 'http' ? kinds.server : kinds.internal,
      attributes: attributesOf(invocation),
      continuesTrace: true,
      failure: failed ? thrown.message : null,
      exception: failed && demoFunction.failsBy === 'throwing' ? thrown : null,
      message: null,
    };
  },
  outgoing: (name, failed) => ({
    'http.request.method': 'POST',
    'server.address': name,
    'http.response.status_code': failed ? 503 : 200,
  }),
  outgoingScope: { name: 'System.Net.Http', version: '' },
};

function attributesOf(invocation: DemoInvocation): Attributes {
  const { function: demoFunction, httpStatus } = invocation;
  const http =
    demoFunction.trigger === 'http'
      ? {
          'http.request.method': 'POST',
          'http.route': routeOf(invocation),
          'http.response.status_code': httpStatus,
        }
      : {};
  const message = demoFunction.trigger === 'queue' ? { 'messaging.message.id': invocation.eventId } : {};
  return {
    'faas.name': demoFunction.name,
    'faas.invocation_id': invocation.invocationId,
    'faas.instance': invocation.instance,
    'faas.trigger': rawTriggers[demoFunction.trigger],
    'azure.functions.coldstart.impacted': invocation.isCold,
    ...http,
    ...message,
  };
}

/** As .NET prints a TimeSpan: 00:02:00. */
function clockOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}
