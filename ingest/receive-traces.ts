import type { OtlpEncoding } from './http/media-type.js';
import { JsonTranscoder } from './otlp/json-to-wire.js';
import { type SpanRefusal, spanRefusals } from './otlp/span-refusal.js';
import { TraceDecoder } from './otlp/trace-decoder.js';
import { ExportTraceServiceRequest } from './otlp/trace-fields.js';
import { invocationsColumns } from './rows/invocations-columns.js';
import type { RowSink } from './rows/row-sink.js';
import { spansColumns } from './rows/spans-columns.js';
import { TraceRows, type TraceTally } from './rows/trace-rows.js';
import type { Written } from './spool/committer.js';
import type { SpoolTable } from './spool/spool-types.js';
import { ByteWriter } from './wire/byte-writer.js';

/** The tables traces end in. The order is that of the sinks below. */
export const traceTables: readonly SpoolTable[] = [
  { table: 'invocations', columns: invocationsColumns },
  { table: 'spans', columns: spansColumns },
];

/** How far from now a span may be. Spans older than what is kept, or from a wrong clock, only make partitions. */
export type AcceptedTimes = { maxAgeMs: number; maxAheadMs: number };

export type TraceReceiverDeps = {
  write: <Result>(tenant: string, fill: (sinks: readonly RowSink[]) => Result) => Written<Result>;
  nowMs: () => number;
  times: AcceptedTimes;
};

export type Received = { tally: TraceTally; ignoredFields: number; durable: Promise<void> };

/** A transcoded body larger than this does not keep its buffer. */
const keepBytes = 8 * 1024 * 1024;

/** Turns a request body into rows in the spool. Throws a WireError, leaving nothing behind, when it is unreadable. */
export class TraceReceiver {
  readonly #deps: TraceReceiverDeps;
  readonly #decoder = new TraceDecoder();
  readonly #transcoder = new JsonTranscoder();
  readonly #wire = new ByteWriter(64 * 1024);
  readonly #rows = new TraceRows();

  constructor(deps: TraceReceiverDeps) {
    this.#deps = deps;
  }

  receive(tenant: string, body: Uint8Array, encoding: OtlpEncoding): Received {
    let bytes = body;
    let ignoredFields = 0;
    if (encoding === 'json') {
      this.#wire.clear(keepBytes);
      ignoredFields = this.#transcoder.transcode(body, ExportTraceServiceRequest, this.#wire);
      bytes = this.#wire.view();
    }
    const now = this.#deps.nowMs();
    const { maxAgeMs, maxAheadMs } = this.#deps.times;
    const window = { fromMs: now - maxAgeMs, toMs: now + maxAheadMs };
    const { result, durable } = this.#deps.write(tenant, ([invocations, spans]) => {
      if (invocations === undefined || spans === undefined)
        throw new Error('The spool has no sink for traces');
      const tally = this.#rows.begin({ invocations, spans }, tenant, Math.floor(now), window);
      this.#decoder.decode(bytes, this.#rows);
      return tally;
    });
    return { tally: result, ignoredFields, durable };
  }
}

/** What a partial success says: how many spans were not stored and why, in a sentence each. */
export function partialSuccess(
  tally: TraceTally,
  ignoredFields: number,
): { rejected: number; message: string } {
  let rejected = 0;
  const parts: string[] = [];
  for (const [reason, count] of tally.refused) {
    rejected += count;
    parts.push(`${count} refused: ${sentence(reason)}`);
  }
  if (ignoredFields > 0)
    parts.push(`${ignoredFields} fields were ignored because their value has the wrong type`);
  return { rejected, message: parts.join('; ') };
}

function sentence(reason: SpanRefusal): string {
  return spanRefusals[reason];
}
