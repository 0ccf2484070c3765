import { Buffer } from 'node:buffer';
import { messageType } from '../../test/ingest/support/otlp-proto.js';
import { lambdaResource } from './lambda-spans.js';
import { type Payload, payloadOf } from './payload.js';

const itemsPerInstance = 64;
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

type Random = () => number;

/** So many points of the metrics a function's SDK sends: histograms, sums and gauges, each instance its own. */
export function metricsPayload(points: number, random: Random): Payload {
  const ids = new Set<string>();
  const resourceMetrics = perInstance(points, random, (count) => {
    const instance = hex(random, 8);
    ids.add(instance);
    return {
      scopeMetrics: [
        {
          scope: { name: '@opentelemetry/instrumentation-http' },
          metrics: metricsOf(count, instance, random),
        },
      ],
    };
  });
  return payloadOf(encoded('ExportMetricsServiceRequest', { resourceMetrics }), points, new Set(), ids);
}

/** So many log records of runs, with the trace and the run each belongs to. */
export function logsPayload(records: number, random: Random): Payload {
  const texts = new Set<string>();
  const binary = new Set<string>();
  const resourceLogs = perInstance(records, random, (count) => ({
    scopeLogs: [
      {
        scope: { name: 'shop' },
        logRecords: Array.from({ length: count }, () => {
          const run = hex(random, 8);
          const traceId = hex(random, 32);
          texts.add(run);
          binary.add(traceId);
          return logRecord(run, traceId, random);
        }),
      },
    ],
  }));
  return payloadOf(encoded('ExportLogsServiceRequest', { resourceLogs }), records, binary, texts);
}

function metricsOf(count: number, instance: string, random: Random): object[] {
  const at = nowNs();
  const point = (more: object) => ({
    startTimeUnixNano: at,
    timeUnixNano: at,
    attributes: [
      text('http.request.method', 'GET'),
      text('run', instance),
      text('http.route', `/v1/${Math.floor(random() * 40)}`),
    ],
    ...more,
  });
  return Array.from({ length: count }, (_, index) => {
    if (index % 4 === 0)
      return {
        name: 'faas.mem_usage',
        unit: 'By',
        gauge: { dataPoints: [point({ asInt: Math.floor(random() * 1e9) })] },
      };
    if (index % 4 === 1) {
      const sum = {
        aggregationTemporality: 1,
        isMonotonic: true,
        dataPoints: [point({ asInt: Math.floor(random() * 50) })],
      };
      return { name: 'faas.invocations', unit: '{invocation}', sum };
    }
    const bucketCounts = Array.from({ length: bounds.length + 1 }, () => Math.floor(random() * 20));
    const total = bucketCounts.reduce((sum, one) => sum + one, 0);
    const dataPoints = [
      point({
        count: total,
        sum: random() * 100,
        min: random(),
        max: 1 + random(),
        explicitBounds: bounds,
        bucketCounts,
      }),
    ];
    return {
      name: 'http.client.request.duration',
      unit: 's',
      histogram: { aggregationTemporality: 1, dataPoints },
    };
  });
}

function logRecord(run: string, traceId: string, random: Random): object {
  const order = Math.floor(random() * 1e7);
  return {
    timeUnixNano: nowNs(),
    observedTimeUnixNano: nowNs(),
    severityNumber: random() < 0.95 ? 9 : 13,
    severityText: 'INFO',
    body: {
      stringValue: `order ${order} priced at ${Math.floor(random() * 1e5)} for customer ${Math.floor(random() * 1e6)}`,
    },
    traceId: Buffer.from(traceId, 'hex'),
    spanId: Buffer.from(traceId.slice(0, 16), 'hex'),
    attributes: [
      text('faas.invocation_id', `${run}-4a1b-4c3d-9e5f-0f1e0f1e0f1e`),
      text('code.function.name', 'Cart.price'),
      text('app.order', String(order)),
    ],
  };
}

function perInstance(items: number, random: Random, group: (count: number) => object): object[] {
  const groups: object[] = [];
  for (let made = 0; made < items; made += itemsPerInstance) {
    const resource = lambdaResource({ random, id: () => hex(random, 8) });
    const attributes = Object.entries(resource).map(([key, value]) => text(key, String(value)));
    groups.push({ resource: { attributes }, ...group(Math.min(itemsPerInstance, items - made)) });
  }
  return groups;
}

function encoded(type: string, message: object): Buffer {
  const found = messageType(type);
  return Buffer.from(found.encode(found.fromObject(message)).finish());
}

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });

function nowNs(): string {
  return `${Date.now()}000000`;
}

function hex(random: Random, digits: number): string {
  let digitsSoFar = '';
  while (digitsSoFar.length < digits) digitsSoFar += Math.floor(random() * 16).toString(16);
  return digitsSoFar;
}
