import type { OtlpEncoding } from '../../../ingest/http/media-type.js';
import { TraceReceiver } from '../../../ingest/receive-traces.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import type { TraceTally } from '../../../ingest/rows/trace-rows.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import {
  type InvocationRow,
  readInvocationRows,
  readResourceRows,
  readSpanRows,
  type SpanRow,
} from './read-rows.js';

/** The moment at which the tests receive; spans lie around it. */
export const receivedAtMs = Date.UTC(2026, 10, 20, 12);

export type Decoded = {
  spans: SpanRow[];
  invocations: InvocationRow[];
  tally: TraceTally;
  ignoredFields: number;
};

/** One receiver for all tests, so that what one request leaves behind would show in the next. */
const sinks = [
  { writer: new ByteWriter(64), rows: 0 },
  { writer: new ByteWriter(64), rows: 0 },
  { writer: new ByteWriter(64), rows: 0 },
];
/** As the table keeps them: a resource is written when it is first seen. */
const knownResources = new Map<bigint, [string, string][]>();
const receiver = new TraceReceiver({
  write: (_tenant, fill) => ({ result: fill(sinks), durable: Promise.resolve() }),
  nowMs: () => receivedAtMs,
  times: { maxAgeMs: () => 90 * 86_400_000, maxAheadMs: 86_400_000 },
  redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
});

/** What a request body becomes, read back from the rows. */
export function decode(body: Uint8Array, encoding: OtlpEncoding): Decoded {
  for (const sink of sinks) {
    sink.writer.clear();
    sink.rows = 0;
  }
  const { tally, ignoredFields } = receiver.receive('default', body, encoding, null);
  const [invocations, spans, resources] = sinks.map(({ writer }) => Uint8Array.from(writer.view()));
  for (const { hash, attributes } of readResourceRows(resources ?? new Uint8Array())) {
    knownResources.set(hash, attributes);
  }
  return {
    spans: readSpanRows(spans ?? new Uint8Array(), knownResources),
    invocations: readInvocationRows(invocations ?? new Uint8Array()),
    tally,
    ignoredFields,
  };
}
