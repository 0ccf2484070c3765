import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { z } from 'zod';
import { ProviderStream } from '../../../../cli/demo/provider/provider-stream.js';
import type { ExportRequest } from '../../../../cli/demo/send/export-request.js';
import { type DemoInvocation, minuteOf } from '../../../../cli/demo/simulate/invocation.js';
import { simulateMinute } from '../../../../cli/demo/simulate/simulate-minute.js';
import { echoMinutes, runsAround } from '../../../../cli/demo/truth/truth-of.js';
import { splitRecord } from '../../../../ingest/firehose/split-record.js';
import { messageType } from '../../../ingest/support/otlp-proto.js';
import { incidentAt, shopWorld } from '../demo-world.js';

const startMinute = Math.floor(Date.UTC(2026, 10, 19, 18, 20) / 60_000);
const oldest = startMinute - 150;
const end = startMinute + 30;
const world = shopWorld(5, 4, [
  incidentAt('throttling', startMinute - 60),
  incidentAt('dlq-growth', startMinute - 100),
]);

/** History newest first and in parts, then the present minute by minute: as the fleet does it. */
function play(): ExportRequest[] {
  const stream = new ProviderStream('test', startMinute, startMinute);
  const requests: ExportRequest[] = [];
  for (let minute = startMinute - 1; minute >= oldest; minute--) {
    for (const run of simulateMinute(world, minute)) stream.add(run);
    if (minute % 7 === 0 || minute === oldest)
      requests.push(...stream.history(minute + echoMinutes, minute === oldest));
  }
  for (let minute = startMinute; minute < end; minute++) {
    for (const run of simulateMinute(world, minute)) stream.add(run);
    requests.push(...stream.due(minute + 1, (minute + 3) * 60_000));
  }
  return requests;
}

const Attribute = z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) });
const Nested = z.object({ kvlistValue: z.object({ values: z.array(Attribute) }) });
const Message = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeMetrics: z.array(
        z.object({
          metrics: z.array(
            z.object({
              name: z.string(),
              summary: z.object({
                dataPoints: z.array(
                  z.object({
                    startTimeUnixNano: z.string(),
                    sum: z.number().optional(),
                    attributes: z.array(Attribute),
                    quantileValues: z.array(z.object({ value: z.number().optional() })),
                  }),
                ),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** `metric name | dimensions | region | minute` → sum and maximum, read by protobufjs. */
function pointsOf(requests: readonly ExportRequest[]): Map<string, { sum: number; max: number }> {
  const points = new Map<string, { sum: number; max: number }>();
  const type = messageType('ExportMetricsServiceRequest');
  for (const { body } of requests) {
    const envelope = z.object({ records: z.array(z.object({ data: z.string() })) });
    const { records } = envelope.parse(JSON.parse(Buffer.from(body).toString()));
    for (const { data } of records) {
      for (const bytes of splitRecord(Buffer.from(data, 'base64'), 0)) {
        const decoded = type.toObject(type.decode(bytes), { longs: String, enums: String });
        for (const { resource, scopeMetrics } of Message.parse(decoded).resourceMetrics) {
          const region = resource.attributes.find(({ key }) => key === 'cloud.region')?.value.stringValue;
          for (const { name, summary } of scopeMetrics.flatMap(({ metrics }) => metrics)) {
            for (const point of summary.dataPoints) {
              const dimensions = point.attributes.find(({ key }) => key === 'Dimensions')?.value;
              const named = Nested.parse(dimensions).kvlistValue.values.map(
                ({ key, value }) => `${key}=${value.stringValue}`,
              );
              const minute = Number(BigInt(point.startTimeUnixNano) / 60_000_000_000n);
              const key = [name.replace('amazonaws.com/AWS/', ''), named.join(','), region, minute].join('|');
              assert.ok(!points.has(key), `${key} is told twice`);
              points.set(key, { sum: point.sum ?? 0, max: point.quantileValues[1]?.value ?? 0 });
            }
          }
        }
      }
    }
  }
  return points;
}

const requests = play();
const points = pointsOf(requests);
const known = { fromMinute: oldest + echoMinutes, toMinute: end };
const runs: DemoInvocation[] = [...runsAround(world, { ...known, bornMinute: oldest })].filter(
  ({ startUs, function: { sender } }) =>
    sender.startsWith('lambda') &&
    minuteOf(startUs) >= known.fromMinute &&
    minuteOf(startUs) < known.toMinute,
);

function recount(of: (run: DemoInvocation) => boolean): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of runs.filter(of)) {
    const key = `FunctionName=${run.function.name}|${run.region}|${minuteOf(run.startUs)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function told(metric: string): Map<string, number> {
  const of = [...points].filter(([key, { sum }]) => key.startsWith(`${metric}|FunctionName=`) && sum > 0);
  const plain = of.filter(([key]) => !key.includes('Resource='));
  return new Map(plain.map(([key, { sum }]) => [key.slice(metric.length + 1), sum]));
}

test('provider stream: history and present tell every minute once, and every run in its minute', () => {
  assert.ok(runs.length > 3_000);
  assert.deepEqual(
    told('Lambda/Invocations'),
    recount(({ outcome }) => outcome !== 'throttled'),
  );
  assert.deepEqual(
    told('Lambda/Throttles'),
    recount(({ outcome }) => outcome === 'throttled'),
  );
});

test('provider stream: an answered 5xx is no error to the cloud', () => {
  const isError = ({ outcome, function: { failsBy } }: DemoInvocation) =>
    outcome === 'timeout' || outcome === 'oom' || (outcome === 'error' && failsBy === 'throwing');
  assert.deepEqual(told('Lambda/Errors'), recount(isError));
});

test('provider stream: a dead-letter queue fills from hour to hour', () => {
  const deepest = [...points].filter(([key]) => key.includes('-dlq|'));
  const filled = deepest.filter(([, { max }]) => max > 0);
  assert.ok(filled.length > 10);
  for (const [key, { max }] of filled) {
    const [, queue = '', region, minute] = key.split('|');
    const name = queue.slice('QueueName='.length, -'-dlq'.length);
    const hour = Math.floor(Number(minute) / 60) * 60;
    const from = Math.max(hour, known.fromMinute);
    const dead = runs.filter(
      (run) =>
        run.isDeadLetter &&
        run.function.name === name &&
        run.region === region &&
        minuteOf(run.startUs) >= from &&
        minuteOf(run.startUs) <= Number(minute),
    );
    assert.equal(max, dead.length, key);
  }
});

test('provider stream: the same plays are the same bytes, so that a repeat can be known', () => {
  const again = play();
  assert.deepEqual(
    again.map(({ requestId }) => requestId),
    requests.map(({ requestId }) => requestId),
  );
  assert.ok(again.every(({ body }, at) => Buffer.compare(body, requests[at]?.body ?? Buffer.alloc(0)) === 0));
});
