import type { OtlpEncoding } from '../../../ingest/http/media-type.js';
import { ItemReceiver } from '../../../ingest/receive-items.js';
import type { Received } from '../../../ingest/received.js';
import { Redactor } from '../../../ingest/redact/redactor.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import { receivedAtMs } from './decode.js';
import { type LogRow, type MetricPointRow, readLogRows, readMetricPointRows } from './read-signal-rows.js';

const sink = { writer: new ByteWriter(64), rows: 0 };
const deps = {
  write: <Result>(_tenant: string, fill: (sinks: readonly [typeof sink]) => Result) => ({
    result: fill([sink]),
    durable: Promise.resolve(),
  }),
  nowMs: () => receivedAtMs,
  times: { maxAgeMs: () => 90 * 86_400_000, maxAheadMs: 86_400_000 },
  redactor: new Redactor({ rules: [], keys: [], action: 'drop', hashKey: new Uint8Array(0) }),
};
/** One receiver a signal for all tests, so that what one request leaves behind would show in the next. */
const metrics = ItemReceiver.metrics(deps, 0);
const logs = ItemReceiver.logs(deps, 0);

export type DecodedItems<Row> = { rows: Row[]; received: Received };

/** What a request of metrics becomes, read back from the rows. */
export function decodeMetrics(body: Uint8Array, encoding: OtlpEncoding): DecodedItems<MetricPointRow> {
  return decodeWith(metrics, readMetricPointRows, body, encoding);
}

/** What a request of logs becomes, read back from the rows. */
export function decodeLogs(body: Uint8Array, encoding: OtlpEncoding): DecodedItems<LogRow> {
  return decodeWith(logs, readLogRows, body, encoding);
}

function decodeWith<Row>(
  receiver: ItemReceiver,
  read: (bytes: Uint8Array) => Row[],
  body: Uint8Array,
  encoding: OtlpEncoding,
): DecodedItems<Row> {
  sink.writer.clear();
  sink.rows = 0;
  const received = receiver.receive('default', [body], encoding, null);
  return { rows: read(Uint8Array.from(sink.writer.view())), received };
}
