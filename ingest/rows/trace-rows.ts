import { classifySpan } from '../classify/classify-span.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { RememberedAttributes } from '../otlp/remembered-attributes.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { type SpanRefusal, spanRefusal, startMs, type TimeWindow } from '../otlp/span-refusal.js';
import type { TraceVisitor } from '../otlp/trace-decoder.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import { KnownResources } from './known-resources.js';
import { ResourceRow } from './resource-row.js';
import type { RowSink } from './row-sink.js';
import { SpanPrelude } from './span-prelude.js';
import { writeInvocationRow } from './write-invocation-row.js';
import { writeSpanRow } from './write-span-row.js';

export type TraceSinks = {
  readonly spans: RowSink;
  readonly invocations: RowSink;
  readonly resources: RowSink;
};

/** What became of the spans of one request. */
export type TraceTally = {
  spans: number;
  invocations: number;
  refused: Map<SpanRefusal, number>;
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
  readonly #prelude = new SpanPrelude();
  #sinks: TraceSinks = { spans: emptySink(), invocations: emptySink(), resources: emptySink() };
  #tenant = '';
  #receivedAtMs = 0;
  #window: TraceWindow = { fromMs: 0, toMs: 0, spansFromMs: 0, invocationsFromMs: 0 };
  readonly #resource = new RememberedAttributes();
  /** Set when the resource itself is garbage: then all its spans are refused. */
  #resourceRefusal: SpanRefusal | null = null;
  #tally: TraceTally = emptyTally();
  readonly #known = new KnownResources();
  readonly #resourceRow = new ResourceRow(this.#known);

  begin(sinks: TraceSinks, tenant: string, receivedAtMs: number, window: TraceWindow): TraceTally {
    this.#sinks = sinks;
    this.#tenant = tenant;
    this.#receivedAtMs = receivedAtMs;
    this.#window = window;
    this.#tally = emptyTally();
    this.#resourceRow.begin(tenant, receivedAtMs);
    return this.#tally;
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
    this.#resource.of(attributes);
    this.#resourceRefusal = attributes.overflowed ? 'too-many-attributes' : null;
    try {
      this.#prelude.setOwner(this.#tenant, attributes);
      this.#resourceRow.set(attributes);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      this.#resourceRefusal = 'too-deep';
    }
  }

  scope(bytes: Uint8Array, nameStart: number, nameEnd: number): void {
    this.#prelude.setScope(bytes, nameStart, nameEnd);
  }

  span(span: SpanRecord): void {
    const refusal = this.#resourceRefusal ?? spanRefusal(span, this.#window);
    if (refusal !== null) {
      this.#refuse(refusal);
      return;
    }
    const { spans, invocations, resources } = this.#sinks;
    const spansLength = spans.writer.length;
    const invocationsLength = invocations.writer.length;
    try {
      const atMs = startMs(span);
      const isSpanKept = atMs >= this.#window.spansFromMs;
      if (isSpanKept) writeSpanRow(spans.writer, this.#prelude, this.#resourceRow, span, this.#receivedAtMs);
      const isInvocation = atMs >= this.#window.invocationsFromMs && this.#invocation(span);
      if (!isSpanKept && !isInvocation) {
        this.#refuse('too-old');
        return;
      }
      if (isSpanKept) {
        this.#resourceRow.writeOnce(resources);
        spans.rows++;
      } else this.#tally.invocationsOnly++;
      this.#tally.spans++;
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      spans.writer.truncate(spansLength);
      invocations.writer.truncate(invocationsLength);
      this.#refuse('too-deep');
    }
  }

  /** False when the span is no invocation. */
  #invocation(span: SpanRecord): boolean {
    const invocation = classifySpan(this.#resource, span);
    if (invocation === null) return false;
    const { invocations } = this.#sinks;
    writeInvocationRow(invocations.writer, this.#tenant, invocation, span, this.#receivedAtMs);
    invocations.rows++;
    this.#tally.invocations++;
    return true;
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
  return { spans: 0, invocations: 0, refused: new Map(), invocationsOnly: 0 };
}

function emptySink(): RowSink {
  return { writer: new ByteWriter(0), rows: 0 };
}
