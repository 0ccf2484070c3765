import { hasInvocationId, isIdentifiedEntry, isLikelyEntry } from '../entry-span.js';
import type { KnownKey } from '../known-keys.js';
import type { Platform } from '../platform.js';
import { firstText } from '../read-key.js';

/** Knative's own proxy names service and revision; of other containers the Collector may add the labels of their pod. */
const serviceKeys = [
  'kn.service.name',
  'k8s.pod.label.serving.knative.dev/service',
  'k8s.pod.labels.serving.knative.dev/service',
] as const satisfies readonly KnownKey[];
const revisionKeys = [
  'kn.revision.name',
  'k8s.pod.label.serving.knative.dev/revision',
  'k8s.pod.labels.serving.knative.dev/revision',
] as const satisfies readonly KnownKey[];

/** A request to the server inside the pod, or to the proxy in front of it, is the run. */
export const knative: Platform = {
  claims: (resource) => serviceKeys.some((key) => resource.has(key)),
  claimsSpan: null,
  isInvocation: (span) => (hasInvocationId(span) ? isIdentifiedEntry(span) : isLikelyEntry(span)),
  bareExceptionFails: false,
  refine: (invocation, resource) => {
    invocation.platform = 'knative';
    invocation.function = firstText(resource, serviceKeys) ?? invocation.function;
    invocation.version = firstText(resource, revisionKeys) ?? invocation.version;
    invocation.instance ||= resource.text('k8s.pod.name') ?? '';
  },
};
