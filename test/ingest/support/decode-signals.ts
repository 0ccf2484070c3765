import type { OtlpEncoding } from '../../../ingest/http/media-type.js';
import { NamesInUse } from '../../../ingest/limits/tenant-names.js';
import { ItemReceiver } from '../../../ingest/receive-items.js';
import type { Received } from '../../../ingest/received.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import { openSamplers } from '../../../ingest/sampling/open-samplers.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { receivedAtMs } from './decode.js';
import { defaultRules } from './default-rules.js';
import { type ErrorRow, readErrorRows } from './read-error-rows.js';
import {
  type LogRow,
  type MetricPointRow,
  type ReportRow,
  readLogRows,
  readMetricPointRows,
  readReportRows,
} from './read-signal-rows.js';
import { keepEverything, wideLimits } from './wide-limits.js';

const sink = { writer: new ByteWriter(64), rows: 0 };
const errors = { writer: new ByteWriter(64), rows: 0 };
const reports = { writer: new ByteWriter(64), rows: 0 };
const deps = {
  write: <Result>(_tenant: string, fill: (sinks: readonly (typeof sink)[]) => Result) => ({
    result: fill([sink, errors, reports]),
    durable: Promise.resolve(),
  }),
  nowMs: () => receivedAtMs,
  times: { maxAgeMs: () => 90 * 86_400_000, maxAheadMs: 86_400_000 },
  redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
  names: new NamesInUse(wideLimits, 1),
  samplers: openSamplers(keepEverything, defaultRules),
};
/** One receiver a signal for all tests, so that what one request leaves behind would show in the next. */
const metrics = ItemReceiver.metrics(deps, 0);
const logs = ItemReceiver.logs(deps, { items: 0, errors: 1, reports: 2 });

export type DecodedItems<Row> = { rows: Row[]; errors: ErrorRow[]; received: Received };

/** What a request of metrics becomes, read back from the rows. */
export function decodeMetrics(body: Uint8Array, encoding: OtlpEncoding): DecodedItems<MetricPointRow> {
  return decodeWith(metrics, readMetricPointRows, body, encoding);
}

/** What a request of logs becomes, read back from the rows. */
export function decodeLogs(body: Uint8Array, encoding: OtlpEncoding): DecodedItems<LogRow> {
  return decodeWith(logs, readLogRows, body, encoding);
}

/** The platform's reports found among a request of logs. */
export function decodeReports(body: Uint8Array, encoding: OtlpEncoding): ReportRow[] {
  decodeLogs(body, encoding);
  return readReportRows(Uint8Array.from(reports.writer.view()));
}

function decodeWith<Row>(
  receiver: ItemReceiver,
  read: (bytes: Uint8Array) => Row[],
  body: Uint8Array,
  encoding: OtlpEncoding,
): DecodedItems<Row> {
  for (const one of [sink, errors, reports]) {
    one.writer.clear();
    one.rows = 0;
  }
  const received = receiver.receive('default', [body], encoding, null);
  return {
    rows: read(Uint8Array.from(sink.writer.view())),
    errors: readErrorRows(Uint8Array.from(errors.writer.view())),
    received,
  };
}
