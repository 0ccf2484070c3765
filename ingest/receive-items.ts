import type { RequestMark } from './duplicates/request-mark.js';
import type { OtlpEncoding } from './http/media-type.js';
import { EnvelopeWalker } from './otlp/envelope-walker.js';
import { ExportLogsServiceRequest } from './otlp/log-fields.js';
import type { MessageTable } from './otlp/message-table.js';
import { ExportMetricsServiceRequest } from './otlp/metric-fields.js';
import type { Received, ReceiverDeps } from './received.js';
import type { ItemRows } from './rows/item-rows.js';
import { LogRows } from './rows/log-rows.js';
import { logsColumns } from './rows/logs-columns.js';
import { metricPointsColumns } from './rows/metric-points-columns.js';
import { MetricRows } from './rows/metric-rows.js';
import { platformReportsColumns } from './rows/platform-reports-columns.js';
import type { SpoolTable } from './spool/spool-types.js';
import { WireBody } from './wire-body.js';

export const metricPointsTable: SpoolTable = { table: 'metric_points', columns: metricPointsColumns };
export const logsTable: SpoolTable = { table: 'logs', columns: logsColumns };
export const platformReportsTable: SpoolTable = {
  table: 'platform_reports',
  columns: platformReportsColumns,
};

/** Places of tables in the spool. `reports` is null for what holds no reports. */
type SinkPlaces = { items: number; reports: number | null };

/** Turns bodies of metrics or of logs into rows in the spool. */
export class ItemReceiver {
  readonly #deps: ReceiverDeps;
  readonly #request: MessageTable;
  readonly #rows: ItemRows;
  readonly #places: SinkPlaces;
  readonly #walker = new EnvelopeWalker();
  readonly #wire: WireBody;

  private constructor(deps: ReceiverDeps, request: MessageTable, rows: ItemRows, places: SinkPlaces) {
    this.#deps = deps;
    this.#wire = new WireBody(deps.redactor);
    this.#request = request;
    this.#rows = rows;
    this.#places = places;
  }

  /** `items` and `reports` are the places of the tables in the spool. */
  static metrics(deps: ReceiverDeps, items: number): ItemReceiver {
    return new ItemReceiver(deps, ExportMetricsServiceRequest, new MetricRows(), { items, reports: null });
  }

  static logs(deps: ReceiverDeps, items: number, reports: number): ItemReceiver {
    return new ItemReceiver(deps, ExportLogsServiceRequest, new LogRows(), { items, reports });
  }

  /** All bodies or none: throws a WireError, leaving nothing behind, when one of them is unreadable. */
  receive(
    tenant: string,
    bodies: readonly Uint8Array[],
    encoding: OtlpEncoding,
    mark: RequestMark | null,
  ): Received {
    const now = this.#deps.nowMs();
    const { maxAgeMs, maxAheadMs } = this.#deps.times;
    const window = { fromMs: now - maxAgeMs, toMs: now + maxAheadMs };
    let ignoredFields = 0;
    const { result: tally, durable } = this.#deps.write(
      tenant,
      (sinks) => {
        const sink = sinks[this.#places.items];
        const reports = this.#places.reports === null ? null : sinks[this.#places.reports];
        if (sink === undefined || reports === undefined)
          throw new Error(`The spool has no sink for ${this.#request.name}`);
        const begun = this.#rows.begin({ sink, reports, tenant, receivedAtMs: Math.floor(now), window });
        for (const body of bodies) {
          const read = this.#wire.read(body, encoding, this.#request);
          ignoredFields += read.ignoredFields;
          this.#walker.walk(read.bytes, this.#rows);
        }
        this.#rows.end();
        return begun;
      },
      mark,
    );
    return { accepted: tally.accepted, invocations: 0, refused: tally.refused, ignoredFields, durable };
  }
}
