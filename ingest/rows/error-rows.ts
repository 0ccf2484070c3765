import { functionName } from '../classify/function-name.js';
import type { Invocation } from '../classify/invocation.js';
import type { AttributeReader } from '../classify/known-keys.js';
import { environmentName } from '../classify/service-name.js';
import { type ErrorGroup, groupOf, type RaisedError } from '../errors/error-group.js';
import { type Occurrence, RequestErrors } from '../errors/request-errors.js';
import { idKey } from '../otlp/batch-index.js';
import type { LogRecord } from '../otlp/log-record.js';
import type { Slice } from '../otlp/slice.js';
import type { RecordedException } from '../otlp/span-events.js';
import type { SpanRecord } from '../otlp/span-record.js';
import type { RowSink } from './row-sink.js';
import { writeErrorRow } from './write-error-row.js';

/** Collects the errors of one request, and writes those that count when it has been read. */
export class ErrorRows {
  readonly #errors = new RequestErrors();
  #resource: AttributeReader | null = null;
  /** Tells the resources of one request apart. */
  #resources = 0;

  begin(): void {
    this.#errors.clear();
    this.#resources = 0;
  }

  resource(attributes: AttributeReader): void {
    this.#resource = attributes;
    this.#resources++;
  }

  /**
   * Takes the exceptions of a span, and the failure of a run that recorded none. Answers the group of a failed run. Most
   * spans have neither, and cost two comparisons.
   */
  span(span: SpanRecord, invocation: Invocation | null): ErrorGroup | null {
    const failed = invocation !== null && invocation.outcome !== 'ok' ? invocation : null;
    if (failed === null && span.events.count === 0) return null;
    const exceptions = span.events.exceptions();
    const last = exceptions.length - 1;
    const place = this.#place(span.bytes, span.traceId);
    for (const [index, exception] of exceptions.entries()) {
      if (failed !== null && index === last) return this.#failure(place, span, failed, exception);
      const functionOf = invocation?.function ?? this.#function();
      this.#errors.add(place, {
        ...this.#common(span, invocation, functionOf),
        error: exception,
        group: groupOf(exception, functionOf),
        ...whenRaised(exception, span),
        escaped: exception.escaped === true,
        endedRun: false,
      });
    }
    return failed === null ? null : this.#failure(place, span, failed, null);
  }

  /** Takes the exception a log record tells of, if it does. */
  log(record: LogRecord, functionOf: string, receivedAtMs: number): void {
    const { attributes, bytes } = record;
    const type = attributes.text('exception.type') ?? '';
    const message = attributes.text('exception.message') ?? '';
    if (type === '' && message === '') return;
    const error = { type, message, stack: attributes.text('exception.stacktrace') ?? '' };
    this.#errors.add(record.traceId.length === 16 ? this.#place(bytes, record.traceId) : '', {
      ...this.#common(record, null, functionOf),
      error,
      group: groupOf(error, functionOf),
      ...whenLogged(record, receivedAtMs),
      escaped: attributes.flag('exception.escaped') === true,
      endedRun: false,
      source: 'log',
    });
  }

  /** Writes the rows of what was taken since `begin`. */
  write(sink: RowSink, tenant: string, receivedAtMs: number): void {
    for (const occurrence of this.#errors.all()) {
      writeErrorRow(sink.writer, tenant, occurrence, receivedAtMs);
      sink.rows++;
    }
  }

  /** Of the run itself; one that says less than an exception recorded below it is of that one's group. */
  #failure(
    place: string,
    span: SpanRecord,
    run: Invocation,
    exception: RecordedException | null,
  ): ErrorGroup {
    const own: RaisedError = exception ?? {
      type: run.errorType || run.outcome,
      message: run.errorMessage,
      stack: '',
    };
    const asked = exception === null ? { ...own, type: run.errorType } : own;
    const known = own.stack === '' ? this.#errors.recorded(place, asked) : null;
    const group = known?.group ?? groupOf(own, run.function);
    this.#errors.add(place, {
      ...this.#common(span, run, run.function),
      error: known?.error ?? own,
      group,
      ...whenRaised(exception, span),
      escaped: true,
      endedRun: true,
    });
    return group;
  }

  #common(
    { bytes, traceId, spanId }: { bytes: Uint8Array; traceId: Slice; spanId: Slice },
    invocation: Invocation | null,
    functionOf: string,
  ): Pick<Occurrence, 'environment' | 'function' | 'version' | 'source' | 'traceId' | 'spanId'> {
    return {
      environment:
        invocation?.environment ?? (this.#resource === null ? '' : environmentName(this.#resource)),
      function: functionOf,
      version:
        invocation?.version ??
        this.#resource?.text('faas.version') ??
        this.#resource?.text('service.version') ??
        '',
      source: 'span',
      traceId: bytes.slice(traceId.start, traceId.end),
      spanId: bytes.slice(spanId.start, spanId.end),
    };
  }

  #function(): string {
    return this.#resource === null ? '' : functionName(this.#resource);
  }

  #place(bytes: Uint8Array, traceId: Slice): string {
    return `${this.#resources}/${idKey(bytes, traceId.start, traceId.end)}`;
  }
}

/** A record without times came now, as far as anyone knows. */
function whenLogged({ at, observedAt }: LogRecord, receivedAtMs: number): { atLo: number; atHi: number } {
  const known = at.isSet ? at : observedAt;
  if (known.isSet) return { atLo: known.lo, atHi: known.hi };
  const ns = BigInt(receivedAtMs) * 1_000_000n;
  return { atLo: Number(ns & 0xffffffffn), atHi: Number(ns >> 32n) };
}

/** The time of the event; of one that lies outside its span, which some clocks and senders make, the span's start. */
function whenRaised(exception: RecordedException | null, span: SpanRecord): { atLo: number; atHi: number } {
  const { startLo, startHi, endLo, endHi } = span;
  if (exception === null) return { atLo: startLo, atHi: startHi };
  const { timeLo, timeHi } = exception;
  const isWithin =
    compare(timeLo, timeHi, startLo, startHi) >= 0 && compare(timeLo, timeHi, endLo, endHi) <= 0;
  return isWithin ? { atLo: timeLo, atHi: timeHi } : { atLo: startLo, atHi: startHi };
}

function compare(lo: number, hi: number, otherLo: number, otherHi: number): number {
  return hi === otherHi ? lo - otherLo : hi - otherHi;
}
