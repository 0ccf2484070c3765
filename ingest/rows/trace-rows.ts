import { classifySpan } from '../classify/classify-span.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { RememberedAttributes } from '../otlp/remembered-attributes.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { type SpanRefusal, spanRefusal, type TimeWindow } from '../otlp/span-refusal.js';
import type { TraceVisitor } from '../otlp/trace-decoder.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { WireError } from '../wire/wire-error.js';
import { KnownResources } from './known-resources.js';
import { RequestBounds } from './request-bounds.js';
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
};

/** Turns what the decoder sees into rows. One serves all requests; `begin` says whose the next request is. */
export class TraceRows implements TraceVisitor {
  readonly #prelude = new SpanPrelude();
  #sinks: TraceSinks = { spans: emptySink(), invocations: emptySink(), resources: emptySink() };
  #tenant = '';
  #receivedAtMs = 0;
  #window: TimeWindow = { fromMs: 0, toMs: 0 };
  readonly #resource = new RememberedAttributes();
  /** Set when the resource itself is garbage: then all its spans are refused. */
  #resourceRefusal: SpanRefusal | null = null;
  #tally: TraceTally = emptyTally();
  readonly #known = new KnownResources();
  readonly #resourceRow = new ResourceRow(this.#known);
  readonly #bounds = new RequestBounds();

  begin(sinks: TraceSinks, tenant: string, receivedAtMs: number, window: TimeWindow): TraceTally {
    this.#sinks = sinks;
    this.#tenant = tenant;
    this.#receivedAtMs = receivedAtMs;
    this.#window = window;
    this.#tally = emptyTally();
    this.#bounds.begin();
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
    this.#bounds.part();
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
    const { spans, invocations, resources } = this.#sinks;
    const spansLength = spans.writer.length;
    const invocationsLength = invocations.writer.length;
    this.#resourceRow.hashOnce();
    try {
      writeSpanRow(spans.writer, this.#prelude, this.#resourceRow, span, this.#receivedAtMs);
      this.#invocation(span);
      this.#resourceRow.writeOnce(resources);
      spans.rows++;
      this.#tally.spans++;
      this.#bounds.row(spans.writer.length - spansLength);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      spans.writer.truncate(spansLength);
      invocations.writer.truncate(invocationsLength);
      this.#refuse('too-deep');
    }
  }

  #invocation(span: SpanRecord): void {
    const invocation = classifySpan(this.#resource, span);
    if (invocation === null) return;
    const { invocations } = this.#sinks;
    writeInvocationRow(invocations.writer, this.#tenant, invocation, span, this.#receivedAtMs);
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
  return { spans: 0, invocations: 0, refused: new Map() };
}

function emptySink(): RowSink {
  return { writer: new ByteWriter(0), rows: 0 };
}
