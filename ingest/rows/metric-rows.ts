import { MetricRecord } from '../otlp/metric-record.js';
import type { PointRecord } from '../otlp/point-record.js';
import { pointRefusal } from '../otlp/point-refusal.js';
import { WireReader } from '../wire/wire-reader.js';
import { ItemRows } from './item-rows.js';
import { writeMetricPointRow } from './write-metric-point-row.js';

/** Rows of `metric_points`: one for each data point. */
export class MetricRows extends ItemRows {
  readonly #metric = new MetricRecord();
  readonly #reader = new WireReader();

  override item(reader: WireReader): void {
    this.bounds.part();
    const metric = this.#metric;
    metric.read(reader);
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
    this.tally.writeRow(sink, (writer) => {
      this.prelude.writeOwner(writer);
      writer.string(this.#functionOf(point));
      writeMetricPointRow(writer, this.prelude, this.#metric, point, receivedAtMs);
    });
  }

  /** CloudWatch says in a dimension whose figure it is; its resource is an account. */
  #functionOf({ dimensions, attributes }: PointRecord): string {
    return dimensions.text('FunctionName') ?? attributes.text('faas.name') ?? this.resourceFunction;
  }
}
