import type { RequestLimits } from '../limits/request-limits.js';
import { type WireReader, wireTypes } from '../wire/wire-reader.js';
import { AttributeList } from './attribute-list.js';
import { ExponentialBuckets, sint32 } from './exponential-buckets.js';
import { Fixed64List } from './fixed64-list.js';
import type { MessageTable } from './message-table.js';
import {
  ExponentialHistogramDataPoint,
  HistogramDataPoint,
  NumberDataPoint,
  SummaryDataPoint,
} from './metric-fields.js';
import { NumberValue } from './number-value.js';
import { OptionalFixed64 } from './optional-fixed64.js';
import { PointExemplars } from './point-exemplars.js';
import { PointQuantiles } from './point-quantiles.js';
import { UnixNano } from './unix-nano.js';

/** Field names by field number, so that one reader serves the four kinds of points. */
const namesOf = ({ fields }: MessageTable): readonly (string | undefined)[] => {
  const names: string[] = [];
  for (const [name, { number }] of Object.entries(fields)) names[number] = name;
  return names;
};

export const pointShapes = {
  number: namesOf(NumberDataPoint),
  histogram: namesOf(HistogramDataPoint),
  exponential: namesOf(ExponentialHistogramDataPoint),
  summary: namesOf(SummaryDataPoint),
} as const;

export type PointShape = keyof typeof pointShapes;

/** The flag of a point that says its series ended or was not read. */
const noRecordedValue = 1;

/** One data point of any kind as offsets into its payload. A decoder has one and fills it again for each point. */
export class PointRecord {
  shape: PointShape = 'number';
  flags = 0;
  scale = 0;
  readonly startedAt = new UnixNano();
  readonly at = new UnixNano();
  readonly value = new NumberValue();
  readonly count = new OptionalFixed64();
  readonly zeroCount = new OptionalFixed64();
  readonly sum = new OptionalFixed64();
  readonly min = new OptionalFixed64();
  readonly max = new OptionalFixed64();
  readonly zeroThreshold = new OptionalFixed64();
  readonly bounds = new Fixed64List();
  readonly bucketCounts = new Fixed64List();
  readonly positive = new ExponentialBuckets();
  readonly negative = new ExponentialBuckets();
  readonly quantiles = new PointQuantiles();
  readonly exemplars: PointExemplars;
  readonly attributes: AttributeList;
  /** CloudWatch's dimensions, which it sends as a map inside one attribute. */
  readonly dimensions: AttributeList;

  constructor(limits: RequestLimits) {
    this.exemplars = new PointExemplars(limits);
    this.attributes = new AttributeList(limits);
    this.dimensions = new AttributeList(limits);
  }

  get hasNoRecordedValue(): boolean {
    return (this.flags & noRecordedValue) !== 0;
  }

  /** Takes the data point the reader delimited last. */
  read(reader: WireReader, shape: PointShape): void {
    this.#clear(reader.bytes, shape);
    const names = pointShapes[shape];
    const outerEnd = reader.enter();
    while (reader.next()) {
      if (reader.field === listed.bucketCounts && shape === 'histogram')
        this.#list(reader, this.bucketCounts);
      else if (reader.field === listed.explicitBounds && shape === 'histogram')
        this.#list(reader, this.bounds);
      else if (reader.wireType === wireTypes.fixed64) {
        reader.fixed64();
        this.#takeFixed(names[reader.field], reader);
      } else if (reader.wireType === wireTypes.bytes) {
        reader.delimited();
        this.#takeBytes(names[reader.field], reader);
      } else if (reader.wireType === wireTypes.varint) this.#takeVarint(names[reader.field], reader);
      else reader.skip();
    }
    reader.leave(outerEnd);
    this.attributes.addNested('Dimensions', this.dimensions);
  }

  #list(reader: WireReader, list: Fixed64List): void {
    if (!list.takeFixed(reader)) reader.skip();
  }

  #takeFixed(name: string | undefined, reader: WireReader): void {
    if (name === undefined) return;
    if (name === 'asDouble') this.value.take(reader, 'double');
    else if (name === 'asInt') this.value.take(reader, 'int');
    else this.#fixedFields[name]?.take(reader);
  }

  #takeBytes(name: string | undefined, reader: WireReader): void {
    if (name === 'attributes') this.attributes.add(reader);
    else if (name === 'exemplars') this.exemplars.add(reader.start, reader.stop);
    else if (name === 'quantileValues') this.quantiles.add(reader.start, reader.stop);
    else if (name === 'positive') this.positive.read(reader);
    else if (name === 'negative') this.negative.read(reader);
  }

  #takeVarint(name: string | undefined, reader: WireReader): void {
    if (name === 'flags') this.flags = reader.uint32();
    else if (name === 'scale') this.scale = sint32(reader);
    else reader.skip();
  }

  #clear(bytes: Uint8Array, shape: PointShape): void {
    this.shape = shape;
    this.flags = 0;
    this.scale = 0;
    for (const part of this.#parts) part.clear();
    this.quantiles.clear(bytes);
    this.exemplars.clear(bytes);
    this.attributes.clear(bytes);
    this.dimensions.clear(bytes);
  }

  readonly #fixedFields: Readonly<Record<string, UnixNano | OptionalFixed64>> = {
    timeUnixNano: this.at,
    startTimeUnixNano: this.startedAt,
    count: this.count,
    zeroCount: this.zeroCount,
    sum: this.sum,
    min: this.min,
    max: this.max,
    zeroThreshold: this.zeroThreshold,
  };
  readonly #parts = [
    ...Object.values(this.#fixedFields),
    ...[this.value, this.bounds, this.bucketCounts, this.positive, this.negative],
  ];
}

const listed = {
  bucketCounts: HistogramDataPoint.fields.bucketCounts.number,
  explicitBounds: HistogramDataPoint.fields.explicitBounds.number,
} as const;
