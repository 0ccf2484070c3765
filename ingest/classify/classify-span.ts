import { archName } from './arch.js';
import { deliveryId, eventAgeMs, payloadBytes } from './delivery.js';
import { hasInvocationId } from './entry-span.js';
import { httpStatus } from './http-status.js';
import { InitSpans, isInitSpan } from './init-spans.js';
import { InnerEntry } from './inner-entry.js';
import type { Invocation } from './invocation.js';
import { invocationIdKeys } from './invocation-id-keys.js';
import type { AttributeReader } from './known-keys.js';
import { memoryBytes } from './memory-bytes.js';
import { judge } from './outcome.js';
import type { Platform } from './platform.js';
import { platformOf, platformOfSpan } from './platforms/find-platform.js';
import { firstText } from './read-key.js';
import { resourceInvocation } from './resource-invocation.js';
import type { ClassificationRules } from './rules/classification-rules.js';
import type { Sender } from './rules/sender-rules.js';
import { environmentName, serviceName } from './service-name.js';
import { type SpanFacts, spanKinds } from './span-facts.js';
import { trigger } from './trigger.js';

/** Says which spans are invocations and what they tell. One serves all requests, one resource after another. */
export class SpanClassifier {
  readonly #rules: ClassificationRules;
  readonly #inits: InitSpans;
  readonly #inner = new InnerEntry();
  #resource: AttributeReader = noAttributes;
  #tenant = '';
  /** Null when the resource names none, so that each span is asked. */
  #platform: Platform | null = null;
  #sender: Sender | null = null;
  /** What the resource says, made for its first invocation and copied for each. */
  #template: Invocation | null = null;

  constructor(rules: ClassificationRules, inits = new InitSpans()) {
    this.#rules = rules;
    this.#inits = inits;
  }

  /** The spans that follow are of this tenant and resource. */
  resource(tenant: string, resource: AttributeReader): void {
    this.#tenant = tenant;
    this.#resource = resource;
    this.#platform = platformOf(resource);
    this.#sender = this.#rules.senders?.of(resource, serviceName(resource)) ?? null;
    this.#template = null;
    this.#inner.clear();
  }

  /** Null for the many spans that are only a part of an invocation. */
  classify(span: SpanFacts): Invocation | null {
    const platform = this.#platformOfRun(span);
    if (platform === null) return null;
    this.#template ??= resourceInvocation(this.#resource, this.#rules.attribution);
    const invocation = { ...this.#template };
    const { attributes } = span;
    fillFromSpan(invocation, span);
    invocation.deliveryId = deliveryId(attributes, this.#rules.deliveryKeys);
    this.#rules.attribution.fromSpan(invocation, attributes);
    platform.refine?.(invocation, this.#resource, span);
    this.#inner.fill(invocation, span);
    this.#sender?.fill(invocation, this.#resource, span);
    if (invocation.cold && invocation.initNs === 0) {
      invocation.initNs = this.#inits.take(this.#initKey(invocation.function), span.startMs());
    }
    const rule = this.#rules.outcomeOf?.(invocation.function) ?? null;
    judge(invocation, span, platform.bareExceptionFails, rule);
    this.#rules.attribution.fromOwner(invocation);
    return invocation;
  }

  /** The platform of a span that is a run, null for any other. */
  #platformOfRun(span: SpanFacts): Platform | null {
    const counts = this.#sender?.counts ?? null;
    const ignores = this.#sender?.ignores ?? null;
    if (counts !== null) {
      if (!counts(span) || ignores?.(span)) return null;
      return this.#platform ?? platformOfSpan(span, this.#resource);
    }
    if (isOutgoing(span)) return null;
    if (isInitSpan(span, this.#resource)) {
      this.#inits.note(this.#initKey(this.#resource.text('faas.name') ?? serviceName(this.#resource)), span);
      return null;
    }
    if (isInnerPart(span)) return null;
    const platform = this.#platform ?? platformOfSpan(span, this.#resource);
    if (!platform.isInvocation(span)) {
      this.#inner.note(span, this.#rules.deliveryKeys);
      return null;
    }
    return ignores?.(span) ? null : platform;
  }

  #initKey(functionName: string): string {
    return `${this.#tenant}\n${functionName}`;
  }
}

/** What the convention says on spans. Names of places and owners are taken from the resource first. */
function fillFromSpan(invocation: Invocation, span: SpanFacts): void {
  const { attributes } = span;
  invocation.function = attributes.text('faas.name') ?? invocation.function;
  invocation.cold = attributes.flag('faas.coldstart') ?? attributes.flag('faas.cold_start') ?? false;
  invocation.environment ||= environmentName(attributes);
  invocation.provider ||= attributes.text('cloud.provider') ?? '';
  invocation.platform ||= attributes.text('cloud.platform') ?? '';
  invocation.region ||= attributes.text('cloud.region') ?? attributes.text('faas.invoked_region') ?? '';
  invocation.account ||= attributes.text('cloud.account.id') ?? '';
  invocation.version ||= attributes.text('faas.version') ?? '';
  invocation.instance ||= attributes.text('faas.instance') ?? '';
  invocation.arch ||= archName(attributes.text('host.arch') ?? '');
  invocation.trigger = trigger(span);
  invocation.memoryBytes ||= memoryBytes(attributes.number('faas.max_memory'));
  invocation.memoryUsedBytes = memoryBytes(attributes.number('faas.mem_usage'));
  invocation.httpStatus = httpStatus(attributes);
  invocation.invocationId = firstText(attributes, invocationIdKeys) ?? '';
  invocation.eventAgeMs = eventAgeMs(attributes, span.startMs());
  invocation.payloadBytes = payloadBytes(attributes);
}

/** Calls that leave a function are never the run itself, on no platform. */
function isOutgoing(span: SpanFacts): boolean {
  return span.kind === spanKinds.client || span.kind === spanKinds.producer;
}

/** Decides most spans without looking at platforms or attributes: a step inside a process. */
function isInnerPart(span: SpanFacts): boolean {
  if (span.kind !== spanKinds.internal && span.kind !== spanKinds.unspecified) return false;
  return span.hasParent && !span.saysRemoteParent && !hasInvocationId(span);
}

const noAttributes: AttributeReader = {
  has: () => false,
  text: () => null,
  number: () => null,
  flag: () => null,
  find: () => null,
};
