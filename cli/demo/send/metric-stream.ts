import { Buffer } from 'node:buffer';
import { JsonTranscoder } from '../../../ingest/otlp/json-to-wire.js';
import { ExportMetricsServiceRequest } from '../../../ingest/otlp/metric-fields.js';
import { ByteWriter } from '../../../ingest/wire/byte-writer.js';
import type { CloudWatchPoint } from '../provider/cloudwatch-points.js';
import type { ExportRequest } from './export-request.js';

const minuteMs = 60_000;

/**
 * A Firehose request with one record an account and region. `requestId` must be the same whenever the same is sent.
 * There is no serialiser for summaries in the SDK, so the message is written as JSON and turned into protobuf.
 */
export function encodeMetricStream(points: readonly CloudWatchPoint[], requestId: string): ExportRequest {
  const transcoder = new JsonTranscoder();
  const records = [...byOwner(points).values()].map((owned) => {
    const wire = new ByteWriter();
    const json = Buffer.from(JSON.stringify({ resourceMetrics: [resourceMetrics(owned)] }));
    transcoder.transcode(json, ExportMetricsServiceRequest, wire);
    const record = new ByteWriter();
    record.varint(wire.length);
    record.append(wire);
    return { data: record.view().toString('base64') };
  });
  const timestamp = Math.max(...points.map(({ minute }) => minute + 1)) * minuteMs;
  return {
    sender: 'cloudwatch-stream',
    signal: 'metrics',
    by: 'firehose',
    contentType: 'application/json',
    userAgent: 'Amazon Kinesis Data Firehose Agent/1.0',
    requestId,
    body: Buffer.from(JSON.stringify({ requestId, timestamp, records })),
    items: points.length,
  };
}

function byOwner(points: readonly CloudWatchPoint[]): Map<string, CloudWatchPoint[]> {
  const owners = new Map<string, CloudWatchPoint[]>();
  for (const point of points) {
    const key = `${point.account} ${point.region}`;
    const owned = owners.get(key);
    if (owned === undefined) owners.set(key, [point]);
    else owned.push(point);
  }
  return owners;
}

function resourceMetrics(points: readonly CloudWatchPoint[]) {
  const [first] = points;
  const { account = '', region = '' } = first ?? {};
  return {
    resource: {
      attributes: [
        text('cloud.provider', 'aws'),
        text('cloud.account.id', account),
        text('cloud.region', region),
        text('aws.exporter.arn', `arn:aws:cloudwatch:${region}:${account}:metric-stream/all`),
      ],
    },
    scopeMetrics: [{ metrics: points.map(metric) }],
  };
}

function metric(point: CloudWatchPoint) {
  const { namespace, metric: name, unit, dimensions, minute, count, sum, min, max } = point;
  return {
    name: `amazonaws.com/${namespace}/${name}`,
    unit,
    summary: {
      dataPoints: [
        {
          startTimeUnixNano: `${minute * minuteMs}000000`,
          timeUnixNano: `${(minute + 1) * minuteMs}000000`,
          count: String(count),
          sum,
          quantileValues: [
            { quantile: 0, value: min },
            { quantile: 1, value: max },
          ],
          attributes: [
            text('Namespace', namespace),
            text('MetricName', name),
            {
              key: 'Dimensions',
              value: {
                kvlistValue: {
                  values: Object.entries(dimensions).map(([key, value]) => text(key, value)),
                },
              },
            },
          ],
        },
      ],
    },
  };
}

function text(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
