import { Buffer } from 'node:buffer';
import { protobufBody } from './sample-items.js';

/** A message with its length in front, as a metric stream puts it into a record. */
export function delimited(message: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = message.length; ; rest >>>= 7) {
    length.push(rest >= 0x80 ? (rest & 0x7f) | 0x80 : rest);
    if (rest < 0x80) break;
  }
  return Buffer.concat([Buffer.from(length), message]);
}

export function firehoseBody(requestId: string, records: readonly Buffer[]): Buffer {
  const timestamp = Date.now();
  return Buffer.from(
    JSON.stringify({
      requestId,
      timestamp,
      records: records.map((record) => ({ data: record.toString('base64') })),
    }),
  );
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** What CloudWatch sends of one minute of a Lambda function, in its OpenTelemetry 1.0 format. */
export function cloudWatchRequest(atMs = Date.now()): Buffer {
  const point = {
    startTimeUnixNano: `${atMs - 60_000}000000`,
    timeUnixNano: `${atMs}000000`,
    count: '7',
    sum: 7,
    quantileValues: [
      { quantile: 0, value: 1 },
      { quantile: 1, value: 1 },
    ],
    attributes: [
      text('Namespace', 'AWS/Lambda'),
      text('MetricName', 'Invocations'),
      { key: 'Dimensions', value: { kvlistValue: { values: [text('FunctionName', 'orders')] } } },
    ],
  };
  return protobufBody('ExportMetricsServiceRequest', {
    resourceMetrics: [
      {
        resource: {
          attributes: [
            text('cloud.provider', 'aws'),
            text('cloud.account.id', '123456789012'),
            text('cloud.region', 'eu-central-1'),
            text('aws.exporter.arn', 'arn:aws:cloudwatch:eu-central-1:123456789012:metric-stream/all'),
          ],
        },
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'amazonaws.com/AWS/Lambda/Invocations',
                unit: '{Count}',
                summary: { dataPoints: [point] },
              },
            ],
          },
        ],
      },
    ],
  });
}
