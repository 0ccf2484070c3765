import { anyKey } from '../any-key.js';
import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { KnownKey } from '../known-keys.js';
import type { Platform } from '../platform.js';
import { firstText } from '../read-key.js';

/** OpenFaaS labels each pod with its function; a Collector puts the label into the resource. */
const labelKeys = [
  'k8s.pod.label.faas_function',
  'k8s.pod.labels.faas_function',
] as const satisfies readonly KnownKey[];
/** Where functions live unless somebody chose another namespace. */
const functionNamespace = 'openfaas-fn';
/** Numbers the calls that the gateway passes on; the same when it tries again. */
const callId = anyKey('http.request.header.x-call-id');

/** OpenFaaS has no telemetry of its own: the server span of the function's own instrumentation is the run. */
export const openFaas: Platform = {
  claims: (resource) =>
    labelKeys.some((key) => resource.has(key)) || resource.text('k8s.namespace.name') === functionNamespace,
  claimsSpan: null,
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: (invocation, resource, span) => {
    invocation.platform = 'openfaas';
    // The deployment of a function has its name; the service name is whatever somebody configured.
    const name = firstText(resource, labelKeys) ?? resource.text('k8s.deployment.name');
    if (name !== null && !span.attributes.has('faas.name')) invocation.function = name;
    invocation.instance ||= resource.text('k8s.pod.name') ?? '';
    invocation.invocationId ||= span.attributes.find(callId) ?? '';
  },
};
