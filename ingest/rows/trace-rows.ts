import { SpanClassifier } from '../classify/classify-span.js';
import { InitSpans } from '../classify/init-spans.js';
import type { Invocation } from '../classify/invocation.js';
import type { ClassificationRules } from '../classify/rules/classification-rules.js';
import { serviceName } from '../classify/service-name.js';
import type { ErrorGroup } from '../errors/error-group.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { RememberedAttributes } from '../otlp/remembered-attributes.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { type SpanRefusal, spanRefusal, startMs, type TimeWindow } from '../otlp/span-refusal.js';
import type { TraceVisitor } from '../otlp/trace-decoder.js';
import type { Sampler } from '../sampling/sampler.js';
import { upstreamWeight } from '../sampling/upstream-weight.js';
import { usageOf } from '../usage/usage-of.js';
import type { UsageRules } from '../usage/usage-rules.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import { CallWriter } from './call-writer.js';
import { ErrorRows } from './error-rows.js';
import { InvocationFolder } from './invocation-folder.js';
import { KnownResources } from './known-resources.js';
import { RequestBounds } from './request-bounds.js';
import { RequestSource } from './request-source.js';
import { ResourceRow } from './resource-row.js';
import type { RowSink } from './row-sink.js';
import { SpanPrelude } from './span-prelude.js';
import { writeInvocationRow } from './write-invocation-row.js';
import { writeSpanRow } from './write-span-row.js';

export type TraceSinks = {
  readonly spans: RowSink;
  readonly invocations: RowSink;
  readonly resources: RowSink;
  readonly errors: RowSink;
};

/** What became of the spans of one request. */
export type TraceTally = {
  spans: number;
  invocations: number;
  refused: Map<SpanRefusal, number>;
  /** Of runs: `upstreamWeight` counts here what it cannot read. */
  malformedTraceStates: number;
  /** Spans past their own retention that were accepted for the invocation they are. */
  invocationsOnly: number;
};

/** Spans and invocations are kept for different times: what is too old for one table may be in time for the other. */
export type TraceWindow = TimeWindow & {
  readonly spansFromMs: number;
  readonly invocationsFromMs: number;
};

/** Turns what the decoder sees into rows. One serves all requests; `begin` says whose the next request is. */
export class TraceRows implements TraceVisitor {
  readonly #classifier: SpanClassifier;
  readonly #usage: UsageRules;
  readonly #limits: RequestLimits;
  readonly #sampler: Sampler | null;
  readonly #prelude: SpanPrelude;
  readonly #folder: InvocationFolder;
  #sinks: TraceSinks = {
    spans: emptySink(),
    invocations: emptySink(),
    resources: emptySink(),
    errors: emptySink(),
  };
  #tenant = '';
  #receivedAtMs = 0;
  #window: TraceWindow = { fromMs: 0, toMs: 0, spansFromMs: 0, invocationsFromMs: 0 };
  readonly #resource = new RememberedAttributes();
  /** Set when the resource itself is garbage: then all its spans are refused. */
  #resourceRefusal: SpanRefusal | null = null;
  #tally: TraceTally = emptyTally();
  readonly #known = new KnownResources();
  readonly #resourceRow = new ResourceRow(this.#known);
  readonly #calls: CallWriter;
  readonly #errors = new ErrorRows();
  /** Of the request: who sends. */
  readonly source = new RequestSource();
  readonly #bounds = new RequestBounds();

  constructor(
    rules: ClassificationRules,
    limits: RequestLimits,
    sampler: Sampler | null,
    inits = new InitSpans(),
  ) {
    this.#classifier = new SpanClassifier(rules, inits);
    this.#usage = rules.usage;
    this.#limits = limits;
    this.#sampler = sampler;
    this.#prelude = new SpanPrelude(limits);
    this.#folder = new InvocationFolder(limits);
    this.#calls = new CallWriter(limits.settings.valueBytes);
  }

  begin(sinks: TraceSinks, tenant: string, receivedAtMs: number, window: TraceWindow): TraceTally {
    this.#sinks = sinks;
    this.#tenant = tenant;
    this.#receivedAtMs = receivedAtMs;
    this.#window = window;
    this.#tally = emptyTally();
    this.source.clear();
    this.#sampler?.begin();
    this.#folder.begin();
    this.#bounds.begin();
    this.#resourceRow.begin(tenant, receivedAtMs);
    this.#errors.begin();
    return this.#tally;
  }

  /** Writes what is known only when the whole request has been read: which of its errors count. */
  finish(): void {
    this.#errors.write(this.#sinks.errors, this.#tenant, this.#receivedAtMs);
  }

  /** What to call when the rows since `begin` are on disk; null when there is nothing to remember. */
  remembering(): (() => void) | null {
    if (this.#resourceRow.written.size === 0) return null;
    const written = [...this.#resourceRow.written];
    return () => {
      for (const key of written) this.#known.add(key);
    };
  }

  resource(attributes: AttributeList): void {
    this.#bounds.part();
    const remembered = this.#resource.of(attributes);
    this.#classifier.resource(this.#tenant, this.#resource);
    this.#resourceRefusal = null;
    try {
      this.source.see(this.#resource);
      const name = this.#resource.text('faas.name') ?? serviceName(this.#resource);
      if (!this.#limits.admitsFunction(this.#limits.name(name))) this.#resourceRefusal = 'too-many-functions';
      this.#prelude.setOwner(this.#tenant, attributes);
      this.#calls.resource(this.#tenant, this.#resource);
      this.#errors.resource(this.#resource);
      this.#resourceRow.set(attributes, remembered);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      this.#resourceRefusal = 'too-deep';
    }
  }

  scope(bytes: Uint8Array, nameStart: number, nameEnd: number): void {
    this.#bounds.part();
    this.#prelude.setScope(bytes, nameStart, nameEnd);
  }

  span(span: SpanRecord): void {
    this.#bounds.part();
    const refusal = this.#resourceRefusal ?? spanRefusal(span, this.#window);
    if (refusal !== null) {
      this.#refuse(refusal);
      return;
    }
    const { spans, invocations } = this.#sinks;
    const spansLength = spans.writer.length;
    const invocationsLength = invocations.writer.length;
    this.#resourceRow.hashOnce();
    try {
      this.#write(span);
      this.#bounds.row(spans.writer.length - spansLength);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      spans.writer.truncate(spansLength);
      invocations.writer.truncate(invocationsLength);
      this.#refuse('too-deep');
    }
  }

  #write(span: SpanRecord): void {
    const atMs = startMs(span);
    const isSpanInTime = atMs >= this.#window.spansFromMs;
    const invocation = atMs < this.#window.invocationsFromMs ? null : this.#classifier.classify(span);
    if (!isSpanInTime && invocation === null) {
      this.#refuse('too-old');
      return;
    }
    if (invocation !== null && !this.#admits(invocation)) {
      this.#refuse('too-many-functions');
      return;
    }
    if (invocation !== null) {
      const { start, end } = span.traceState;
      invocation.weight = upstreamWeight(span.bytes, start, end, this.#tally);
    }
    const failure = this.#errors.span(span, invocation);
    const { spans, resources } = this.#sinks;
    if (!isSpanInTime) this.#tally.invocationsOnly++;
    else if (this.#sampler?.keepsSpan(span.bytes, span.traceId, span.traceState) !== false) {
      writeSpanRow(spans.writer, this.#prelude, this.#resourceRow, span, this.#receivedAtMs, this.#limits);
      this.#calls.write(spans.writer, span);
      this.#resourceRow.writeOnce(resources);
      spans.rows++;
    }
    // Also of a span that is sampled away: what is counted and billed is never sampled.
    if (invocation !== null) this.#writeInvocation(invocation, failure, span);
    this.#tally.spans++;
  }

  #admits(invocation: Invocation): boolean {
    invocation.function = this.#limits.name(invocation.function);
    if (!this.#limits.admitsFunction(invocation.function)) return false;
    this.#folder.fold(invocation);
    return true;
  }

  #writeInvocation(invocation: Invocation, failure: ErrorGroup | null, span: SpanRecord): void {
    const { invocations } = this.#sinks;
    const usage = usageOf(this.#usage, invocation, span);
    writeInvocationRow(
      invocations.writer,
      this.#tenant,
      { invocation, usage, failure, span },
      this.#receivedAtMs,
    );
    invocations.rows++;
    this.#tally.invocations++;
  }

  #refuse(reason: SpanRefusal): void {
    const { refused } = this.#tally;
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
  }
}

/** The one fault of the bytes that costs a span and not the whole request. */
function isTooDeep(error: unknown): boolean {
  return error instanceof WireError && error.fault === 'nesting-too-deep';
}

function emptyTally(): TraceTally {
  return { spans: 0, invocations: 0, refused: new Map(), malformedTraceStates: 0, invocationsOnly: 0 };
}

function emptySink(): RowSink {
  return { writer: new ByteWriter(0), rows: 0 };
}
