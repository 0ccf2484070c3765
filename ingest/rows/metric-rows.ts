import type { RequestLimits } from '../limits/request-limits.js';
import { MetricRecord } from '../otlp/metric-record.js';
import type { PointRecord } from '../otlp/point-record.js';
import { pointRefusal } from '../otlp/point-refusal.js';
import { WireReader } from '../wire/wire-reader.js';
import { ItemRows } from './item-rows.js';
import { writeMetricPointRow } from './write-metric-point-row.js';

/** Rows of `metric_points`: one for each data point. */
export class MetricRows extends ItemRows {
  readonly #metric: MetricRecord;
  readonly #reader = new WireReader();
  #isAdmitted = true;

  constructor(limits: RequestLimits) {
    super(limits);
    this.#metric = new MetricRecord(limits);
  }

  override item(reader: WireReader): void {
    this.bounds.part();
    const metric = this.#metric;
    metric.read(reader);
    const { start, end } = metric.name;
    this.#isAdmitted = start === end || this.limits.admitsMetric(metric.bytes, start, end);
    metric.points(this.#reader, (point) => this.#point(point));
  }

  #point(point: PointRecord): void {
    this.bounds.part();
    const { sink, receivedAtMs, window } = this.target;
    const refusal = this.resourceRefusal ?? pointRefusal(this.#metric, point, window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    if (!this.#isAdmitted) {
      this.tally.refuse('too-many-metrics');
      return;
    }
    this.tally.writeRow(sink, (writer) => {
      const functionName = this.#functionOf(point);
      if (functionName === null) return 'too-many-functions';
      this.prelude.writeOwner(writer);
      writer.string(functionName);
      writeMetricPointRow(writer, this.prelude, this.#metric, point, receivedAtMs, this.limits);
      return null;
    });
  }

  /** CloudWatch says in a dimension whose figure it is; its resource is an account. Null: the tenant has too many. */
  #functionOf({ dimensions, attributes }: PointRecord): string | null {
    const own = dimensions.text('FunctionName') ?? attributes.text('faas.name');
    if (own === null) return this.resourceFunction;
    const name = this.limits.name(own);
    return this.limits.admitsFunction(name) ? name : null;
  }
}
