import type { RequestMark } from './duplicates/request-mark.js';
import type { OtlpEncoding } from './http/media-type.js';
import { RequestLimits } from './limits/request-limits.js';
import { EnvelopeWalker } from './otlp/envelope-walker.js';
import { ExportLogsServiceRequest } from './otlp/log-fields.js';
import type { MessageTable } from './otlp/message-table.js';
import { ExportMetricsServiceRequest } from './otlp/metric-fields.js';
import type { AgeLimitedTable, Received, ReceiverDeps } from './received.js';
import type { ItemRows } from './rows/item-rows.js';
import { LogRows } from './rows/log-rows.js';
import { logsColumns } from './rows/logs-columns.js';
import { metricPointsColumns } from './rows/metric-points-columns.js';
import { MetricRows } from './rows/metric-rows.js';
import { platformReportsColumns } from './rows/platform-reports-columns.js';
import type { Sampler } from './sampling/sampler.js';
import type { SpoolTable } from './spool/spool-types.js';
import { WireBody } from './wire-body.js';

export const metricPointsTable: SpoolTable = { table: 'metric_points', columns: metricPointsColumns };
export const logsTable: SpoolTable = { table: 'logs', columns: logsColumns };
export const platformReportsTable: SpoolTable = {
  table: 'platform_reports',
  columns: platformReportsColumns,
};

/** Places of tables in the spool; null for what tells of no errors or holds no reports. */
type SinkPlaces = { items: number; errors: number | null; reports: number | null };

/** Turns bodies of metrics or of logs into rows in the spool. */
export class ItemReceiver {
  readonly #deps: ReceiverDeps;
  readonly #request: MessageTable;
  readonly #rows: ItemRows;
  readonly #table: AgeLimitedTable;
  readonly #places: SinkPlaces;
  readonly #limits: RequestLimits;
  readonly #sampler: Sampler | null;
  readonly #walker: EnvelopeWalker;
  readonly #wire: WireBody;

  private constructor(
    deps: ReceiverDeps,
    table: AgeLimitedTable,
    request: MessageTable,
    rowsWith: (limits: RequestLimits) => ItemRows,
    places: SinkPlaces,
    sampler: Sampler | null,
  ) {
    this.#table = table;
    this.#deps = deps;
    this.#limits = new RequestLimits(deps.names);
    this.#walker = new EnvelopeWalker(this.#limits);
    this.#sampler = sampler;
    this.#wire = new WireBody(deps.redactor);
    this.#request = request;
    this.#rows = rowsWith(this.#limits);
    this.#places = places;
  }

  /** `items` is the place of the table in the spool. */
  static metrics(deps: ReceiverDeps, items: number): ItemReceiver {
    const rowsWith = (limits: RequestLimits) => new MetricRows(limits);
    const places = { items, errors: null, reports: null };
    return new ItemReceiver(deps, 'metric_points', ExportMetricsServiceRequest, rowsWith, places, null);
  }

  static logs(deps: ReceiverDeps, places: SinkPlaces): ItemReceiver {
    const sampler = deps.samplers.logs;
    const rowsWith = (limits: RequestLimits) => new LogRows(limits, sampler);
    return new ItemReceiver(deps, 'logs', ExportLogsServiceRequest, rowsWith, places, sampler);
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
    const window = { fromMs: now - maxAgeMs(this.#table, tenant), toMs: now + maxAheadMs };
    let ignoredFields = 0;
    const { redactor } = this.#deps;
    redactor.takeRecent();
    this.#limits.begin(tenant, now);
    const { result: tally, durable } = this.#deps.write(
      tenant,
      (sinks) => {
        const { items, errors: errorsAt, reports: reportsAt } = this.#places;
        const sink = sinks[items];
        const errors = errorsAt === null ? null : sinks[errorsAt];
        const reports = reportsAt === null ? null : sinks[reportsAt];
        if (sink === undefined || errors === undefined || reports === undefined)
          throw new Error(`The spool has no sink for ${this.#request.name}`);
        const receivedAtMs = Math.floor(now);
        const begun = this.#rows.begin({ sink, errors, reports, tenant, receivedAtMs, window });
        for (const body of bodies) {
          const read = this.#wire.read(body, encoding, this.#request);
          ignoredFields += read.ignoredFields;
          this.#walker.walk(read.bytes, this.#rows);
        }
        this.#rows.finish();
        return begun;
      },
      mark,
    );
    const { service, sdk } = this.#rows.source;
    const notes = {
      limits: this.#limits.counts(),
      sampling: this.#sampler?.counts ?? null,
      redactions: redactor.takeRecent(),
      service,
      sdk,
      malformedTraceStates: 0,
      invocationsOnly: 0,
    };
    const { accepted, refused } = tally;
    return { accepted, invocations: 0, refused, ignoredFields, notes, durable };
  }
}
