import { currentEnvironmentKey, ownership, type Shape } from '../shape.js';
import { serverEntry } from './google.js';

const scope = { name: 'io.opentelemetry.tomcat-10.0', version: '2.22.0-alpha' };

/** A container on our own cluster with the Java agent; nothing in it says "function". */
export const knative: Shape = {
  resource: (invocation) => ({
    'service.name': invocation.function.name,
    'service.version': invocation.version,
    'service.instance.id': invocation.instance,
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': `${invocation.version}-deployment-${invocation.instance.slice(0, 9)}`,
    'telemetry.sdk.language': 'java',
    ...ownership(invocation, currentEnvironmentKey),
  }),
  scope,
  entry: serverEntry,
  outgoing: (name, failed) => ({
    'db.system.name': 'elasticsearch',
    'server.address': name,
    ...(failed ? { 'error.type': '503' } : {}),
  }),
  outgoingScope: { name: 'io.opentelemetry.elasticsearch-rest-7.0', version: '2.22.0-alpha' },
};
