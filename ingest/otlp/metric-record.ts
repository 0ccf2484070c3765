import type { RequestLimits } from '../limits/request-limits.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { Metric, MetricData } from './metric-fields.js';
import { PointRecord, type PointShape } from './point-record.js';
import { Slice } from './slice.js';
import { SliceList } from './slice-list.js';

const field = Metric.fields;

/** The kinds of metrics, numbered as the column `kind` numbers them. */
export const metricKinds = {
  none: 0,
  gauge: 1,
  sum: 2,
  histogram: 3,
  exponentialHistogram: 4,
  summary: 5,
} as const;

const kinds = new Map<number, { kind: number; shape: PointShape }>([
  [field.gauge.number, { kind: metricKinds.gauge, shape: 'number' }],
  [field.sum.number, { kind: metricKinds.sum, shape: 'number' }],
  [field.histogram.number, { kind: metricKinds.histogram, shape: 'histogram' }],
  [field.exponentialHistogram.number, { kind: metricKinds.exponentialHistogram, shape: 'exponential' }],
  [field.summary.number, { kind: metricKinds.summary, shape: 'summary' }],
]);
const maxTemporality = 2;

/** One metric as offsets into its payload: what its points have in common, and where they are. */
export class MetricRecord {
  bytes: Uint8Array = new Uint8Array(0);
  readonly name = new Slice();
  readonly description = new Slice();
  readonly unit = new Slice();
  kind = 0;
  temporality = 0;
  isMonotonic = false;
  readonly point: PointRecord;
  #shape: PointShape = 'number';
  readonly #data = new SliceList();

  constructor(limits: RequestLimits) {
    this.point = new PointRecord(limits);
  }

  /** Takes the Metric the reader delimited last. */
  read(reader: WireReader): void {
    this.bytes = reader.bytes;
    this.name.set(0, 0);
    this.description.set(0, 0);
    this.unit.set(0, 0);
    this.kind = metricKinds.none;
    this.#data.clear();
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.wireType !== wireTypes.bytes) {
        reader.skip();
        continue;
      }
      reader.delimited();
      if (reader.field === field.name.number) this.name.set(reader.start, reader.stop);
      else if (reader.field === field.description.number) this.description.set(reader.start, reader.stop);
      else if (reader.field === field.unit.number) this.unit.set(reader.start, reader.stop);
      else this.#takeData(reader);
    }
    this.#readHeads(reader);
    reader.leave(outerEnd);
  }

  /** Reads each point in turn and hands it over. */
  points(reader: WireReader, take: (point: PointRecord) => void): void {
    for (let index = 0; index < this.#data.count; index++) {
      reader.reset(this.bytes, this.#data.start(index), this.#data.end(index));
      while (reader.next()) {
        if (reader.field !== MetricData.dataPoints || reader.wireType !== wireTypes.bytes) {
          reader.skip();
          continue;
        }
        reader.delimited();
        this.point.read(reader, this.#shape);
        take(this.point);
      }
    }
  }

  /** Of several kinds the last one counts; the same kind twice is one, as protobuf merges messages. */
  #takeData(reader: WireReader): void {
    const found = kinds.get(reader.field);
    if (found === undefined) return;
    if (found.kind !== this.kind) this.#data.clear();
    this.kind = found.kind;
    this.#shape = found.shape;
    this.#data.add(reader.start, reader.stop);
  }

  /** What is true of all points may be written behind them. */
  #readHeads(reader: WireReader): void {
    this.temporality = 0;
    this.isMonotonic = false;
    const end = reader.end;
    for (let index = 0; index < this.#data.count; index++) {
      reader.position = this.#data.start(index);
      reader.end = this.#data.end(index);
      while (reader.next()) {
        if (reader.wireType !== wireTypes.varint) reader.skip();
        else if (reader.field === MetricData.aggregationTemporality) {
          const temporality = reader.uint32();
          this.temporality = temporality <= maxTemporality ? temporality : 0;
        } else if (reader.field === MetricData.isMonotonic) {
          reader.varint();
          this.isMonotonic = reader.lo !== 0 || reader.hi !== 0;
        } else reader.skip();
      }
    }
    reader.end = end;
  }
}
