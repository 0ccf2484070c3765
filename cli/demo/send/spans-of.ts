import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { customerOf, featureOf } from '../fleet/attribution.js';
import type { SenderName } from '../fleet/senders.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import { Random, wordOf } from '../simulate/random.js';
import { shownOf } from '../truth/shown.js';
import { kinds, type Shape } from './shape.js';
import { azureHost } from './shapes/azure.js';
import { cloudflare } from './shapes/cloudflare.js';
import { googleFunctions, googleRun } from './shapes/google.js';
import { knative } from './shapes/knative.js';
import { lambdaDotnet, lambdaGo, lambdaNode, lambdaNodeOld, lambdaPython } from './shapes/lambda.js';
import { spanFrom } from './span-parts.js';

const shapes: Readonly<Record<SenderName, Shape>> = {
  'lambda-node-old': lambdaNodeOld,
  'lambda-node': lambdaNode,
  'lambda-python': lambdaPython,
  'lambda-go': lambdaGo,
  'lambda-dotnet': lambdaDotnet,
  'azure-host': azureHost,
  'gcp-functions': googleFunctions,
  'gcp-run': googleRun,
  cloudflare,
  knative,
};

/** Resources of one request: spans of one instance must share the object to end up under one resource. */
export class Resources {
  readonly #known = new Map<string, Resource>();

  of(invocation: DemoInvocation): Resource {
    const { function: demoFunction, region, version, instance } = invocation;
    const key = `${demoFunction.name} ${region} ${version} ${instance}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const resource = resourceFromAttributes(shapes[demoFunction.sender].resource(invocation));
    this.#known.set(key, resource);
    return resource;
  }
}

/** The spans a run leaves behind, the run's own first; none for a run that nothing tells of. */
export function spansOf(invocation: DemoInvocation, resources: Resources): ReadableSpan[] {
  const shown = shownOf(invocation);
  if (shown === null) return [];
  const shape = shapes[invocation.function.sender];
  const entry = shape.entry(invocation);
  const { spanId, parentSpanId, skewUs } = invocation;
  const { startUs, durationUs } = shown;
  const isChild = entry.continuesTrace && parentSpanId !== null;
  // A run that begins a trace of its own must not share the id of the trace it links to.
  const isOwnTrace = !entry.continuesTrace && parentSpanId !== null;
  const traceId = isOwnTrace ? ownTraceId(spanId, invocation.traceId) : invocation.traceId;
  const resource = resources.of(invocation);
  const below = { spanId, isRemote: false };
  const { scope } = shape;
  const { name, kind, attributes, failure, exception, message } = entry;
  // As their own code would set them; the object is fresh, so nothing else changes.
  attributes['feature'] = featureOf(invocation.function);
  const customer = customerOf(invocation.function, invocation.traceId);
  if (customer !== '') attributes['customer'] = customer;
  const parent = isChild ? { spanId: parentSpanId, isRemote: true } : null;
  // Objects are written out, not spread: this is the hot path of a back-fill, and spreading took a third of it.
  const spans = [
    spanFrom({
      name,
      kind,
      traceId,
      spanId,
      parent,
      startUs,
      durationUs,
      attributes,
      resource,
      scope,
      failure,
      exception,
      links: [],
    }),
  ];
  if (message !== null) {
    spans.push(
      spanFrom({
        name: message.name,
        kind: kinds.consumer,
        traceId,
        spanId: flipped(spanId),
        parent: below,
        startUs,
        durationUs,
        attributes: message.attributes,
        resource,
        scope,
        failure,
        exception,
        links: message.links,
      }),
    );
  }
  for (const call of invocation.outgoing) {
    const isPublish = call.kind === 'publish';
    spans.push(
      spanFrom({
        name: `${isPublish ? 'publish' : 'POST'} ${call.name}`,
        kind: isPublish ? kinds.producer : kinds.client,
        traceId,
        spanId: call.spanId,
        parent: below,
        startUs: call.startUs + skewUs,
        durationUs: call.durationUs,
        attributes: shape.outgoing(call.name, call.failed, invocation),
        resource,
        scope: shape.outgoingScope,
        failure: call.failed ? `${call.name} failed` : null,
        exception: null,
        links: [],
      }),
    );
  }
  return spans;
}

function ownTraceId(spanId: string, traceId: string): string {
  return new Random(wordOf(spanId), wordOf(traceId)).hex(16);
}

/** Another id, made of this one. */
function flipped(spanId: string): string {
  const first = (Number.parseInt(spanId.slice(0, 8), 16) ^ 0x5bd1e995) >>> 0;
  return `${first.toString(16).padStart(8, '0')}${spanId.slice(8)}`;
}
