import type { ClassificationRules } from '../../../ingest/classify/rules/classification-rules.js';
import type { OtlpEncoding } from '../../../ingest/http/media-type.js';
import { NamesInUse } from '../../../ingest/limits/tenant-names.js';
import { TraceReceiver } from '../../../ingest/receive-traces.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import type { TraceTally } from '../../../ingest/rows/trace-rows.js';
import { openSamplers } from '../../../ingest/sampling/open-samplers.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { defaultRules } from './default-rules.js';
import { type ErrorRow, readErrorRows } from './read-error-rows.js';
import {
  type CallRow,
  type InvocationRow,
  readCallRows,
  readInvocationRows,
  readResourceRows,
  readSpanRows,
  type SpanRow,
} from './read-rows.js';
import { keepEverything, wideLimits } from './wide-limits.js';

/** The moment at which the tests receive; spans lie around it. */
export const receivedAtMs = Date.UTC(2026, 10, 20, 12);

export type Decoded = {
  spans: SpanRow[];
  invocations: InvocationRow[];
  /** Whose span each is and whom it calls, in the order of the spans. */
  calls: CallRow[];
  errors: ErrorRow[];
  tally: TraceTally;
  ignoredFields: number;
};

/** One receiver for all tests, so that what one request leaves behind would show in the next. */
const sinks = [
  { writer: new ByteWriter(64), rows: 0 },
  { writer: new ByteWriter(64), rows: 0 },
  { writer: new ByteWriter(64), rows: 0 },
  { writer: new ByteWriter(64), rows: 0 },
];
/** As the table keeps them: a resource is written when it is first seen. */
const knownResources = new Map<bigint, [string, string][]>();
const receiver = openReceiver(defaultRules);

function openReceiver(rules: ClassificationRules): TraceReceiver {
  return new TraceReceiver(
    {
      write: (_tenant, fill) => ({ result: fill(sinks), durable: Promise.resolve() }),
      nowMs: () => receivedAtMs,
      times: { maxAgeMs: () => 90 * 86_400_000, maxAheadMs: 86_400_000 },
      redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
      names: new NamesInUse(wideLimits, 1),
      samplers: openSamplers(keepEverything, defaultRules),
    },
    rules,
  );
}

/** What a request body becomes, read back from the rows. */
export function decode(body: Uint8Array, encoding: OtlpEncoding): Decoded {
  return receive(receiver, body, encoding);
}

/** The same by a receiver of its own with these rules, which remembers the requests before. */
export function openDecoder(rules: ClassificationRules) {
  const own = openReceiver(rules);
  return (body: Uint8Array, encoding: OtlpEncoding, tenant?: string): Decoded =>
    receive(own, body, encoding, tenant);
}

function receive(by: TraceReceiver, body: Uint8Array, encoding: OtlpEncoding, tenant = 'default'): Decoded {
  for (const sink of sinks) {
    sink.writer.clear();
    sink.rows = 0;
  }
  const { tally, ignoredFields } = by.receive(tenant, body, encoding, null);
  const [invocations, spans, resources, errors] = sinks.map(({ writer }) => Uint8Array.from(writer.view()));
  for (const { hash, attributes } of readResourceRows(resources ?? new Uint8Array())) {
    knownResources.set(hash, attributes);
  }
  return {
    spans: readSpanRows(spans ?? new Uint8Array(), knownResources),
    calls: readCallRows(spans ?? new Uint8Array(), knownResources),
    errors: readErrorRows(errors ?? new Uint8Array()),
    invocations: readInvocationRows(invocations ?? new Uint8Array()),
    tally,
    ignoredFields,
  };
}
