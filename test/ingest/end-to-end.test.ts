import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { z } from 'zod';
import { invocationsColumns } from '../../ingest/rows/invocations-columns.js';
import { resourcesColumns } from '../../ingest/rows/resources-columns.js';
import { spansColumns } from '../../ingest/rows/spans-columns.js';
import type { InsertedNote } from '../../ingest/spool/spool-types.js';
import type { Ingest } from '../../ingest/start-ingest.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { runIngest } from './support/running-ingest.js';
import { asJson, asProtobuf, sdkSpans } from './support/sdk-spans.js';

let dir: TempDir;
let warehouse: Warehouse;
let ingest: Ingest;
const inserted: InsertedNote[] = [];

before(async () => {
  dir = await tempDir();
  warehouse = await migratedWarehouse(join(dir.path, 'data'));
  ingest = await runIngest(
    join(dir.path, 'spool'),
    (segment, options) => warehouse.insertSegment(segment, options),
    {
      onInserted: (note) => inserted.push(note),
    },
  );
});

after(async () => {
  await ingest?.stop(5000);
  await warehouse?.close();
  await dir?.remove();
});

async function post(body: Uint8Array, contentType: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${ingest.port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: Buffer.from(body),
  });
}

const COLUMNS = `
  SELECT name, type, default_kind != '' AS filled FROM system.columns
  WHERE database = currentDatabase() AND table = {table: String} ORDER BY position`;

for (const [table, columns] of Object.entries({
  invocations: invocationsColumns,
  spans: spansColumns,
  resources: resourcesColumns,
})) {
  test(`the ${table} columns are written in the order and types of the real table`, async () => {
    const Row = z.object({ name: z.string(), type: z.string(), filled: z.coerce.boolean() });
    const real = await warehouse.query(COLUMNS, { table }, Row);
    const written = new Set(columns.map(({ name }) => name));
    const expected = real.filter(({ name, filled }) => !filled || written.has(name));
    const plain = ({ name, type }: { name: string; type: string }) => ({
      name,
      type: type.replaceAll('`', ''),
    });
    assert.deepEqual(columns.map(plain), expected.map(plain));
  });
}

const INVOCATIONS = `
  SELECT tenant, environment, function, outcome, cold, provider, platform, region, account, version, alias, trigger,
    memory_bytes AS memoryBytes, http_status AS httpStatus, error_type AS errorType, error_message AS errorMessage,
    invocation_id AS invocationId, hex(trace_id) AS traceId, hex(parent_span_id) AS parentSpanId,
    toUnixTimestamp64Nano(started_at) AS startedNs, duration_ns AS durationNs
  FROM invocations WHERE function = {function: String} ORDER BY started_at`;

const Invocation = z.object({
  tenant: z.string(),
  environment: z.string(),
  function: z.string(),
  outcome: z.string(),
  cold: z.boolean(),
  provider: z.string(),
  platform: z.string(),
  region: z.string(),
  account: z.string(),
  version: z.string(),
  alias: z.string(),
  trigger: z.string(),
  memoryBytes: z.coerce.number(),
  httpStatus: z.number(),
  errorType: z.string(),
  errorMessage: z.string(),
  invocationId: z.string(),
  traceId: z.string(),
  parentSpanId: z.string(),
  startedNs: z.string(),
  durationNs: z.string(),
});

const startMs = Date.now() - 5000;

function lambdaTrace(name: string) {
  const resource = {
    'service.name': name,
    'faas.name': name,
    'faas.version': '7',
    'faas.max_memory': 536_870_912,
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': 'eu-central-1',
    'deployment.environment.name': 'production',
  };
  return sdkSpans(resource, (tracer) => {
    const span = tracer.startSpan(name, {
      kind: SpanKind.SERVER,
      startTime: startMs,
      attributes: {
        'faas.invocation_id': `${name}-run`,
        'cloud.resource_id': `arn:aws:lambda:eu-central-1:123456789012:function:${name}:live`,
        'faas.coldstart': true,
      },
    });
    span.recordException({ name: 'TypeError', message: 'x is not a function' }, startMs + 10);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'x is not a function' });
    span.end(startMs + 123.456789);
  });
}

for (const [encoding, { contentType, encode }] of Object.entries({
  protobuf: { contentType: 'application/x-protobuf', encode: asProtobuf },
  json: { contentType: 'application/json', encode: asJson },
})) {
  test(`a failed Lambda run sent as ${encoding} becomes one invocation row, exact to the nanosecond`, async () => {
    const name = `orders-${encoding}`;
    const spans = lambdaTrace(name);
    const response = await post(encode(spans), contentType);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), contentType);
    assert.equal(await response.text(), encoding === 'json' ? '{}' : '');
    await waitUntil(
      'the invocation can be queried',
      async () => (await warehouse.query(INVOCATIONS, { function: name }, Invocation)).length > 0,
    );
    const [row, ...others] = await warehouse.query(INVOCATIONS, { function: name }, Invocation);
    assert.deepEqual(others, []);
    const [span] = spans;
    assert.ok(span !== undefined);
    assert.deepEqual(row, {
      tenant: 'default',
      environment: 'production',
      function: name,
      outcome: 'error',
      cold: true,
      provider: 'aws',
      platform: 'aws_lambda',
      region: 'eu-central-1',
      account: '123456789012',
      version: '7',
      alias: 'live',
      trigger: '',
      memoryBytes: 536_870_912,
      httpStatus: 0,
      errorType: 'TypeError',
      errorMessage: 'x is not a function',
      invocationId: `${name}-run`,
      traceId: span.spanContext().traceId.toUpperCase(),
      parentSpanId: '0000000000000000',
      startedNs: String(nanoseconds(span.startTime)),
      durationNs: String(nanoseconds(span.endTime) - nanoseconds(span.startTime)),
    });
    const isTold = ({ rows, tenants }: InsertedNote) =>
      rows.get('invocations') === 1 && tenants.has('default');
    await waitUntil('the live feed is told', () => inserted.some(isTold));
  });
}

function nanoseconds([seconds, nanos]: [number, number]): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

const SPANS = `
  SELECT service, name, kind, status, scope, resources.attributes AS resource, spans.attributes AS attributes, events.name AS eventNames,
    arrayMap(a -> a['exception.type'], events.attributes) AS exceptionTypes, length(links) AS links
  FROM spans INNER JOIN resources ON resources.tenant = spans.tenant AND resources.resource_hash = spans.resource_hash
  WHERE service = {service: String}`;

const Span = z.object({
  service: z.string(),
  name: z.string(),
  kind: z.string(),
  status: z.string(),
  scope: z.string(),
  resource: z.record(z.string(), z.string()),
  attributes: z.record(z.string(), z.string()),
  eventNames: z.array(z.string()),
  exceptionTypes: z.array(z.string()),
  links: z.coerce.number(),
});

test('a span is kept whole: resource, attributes of every type, events and links', async () => {
  const spans = sdkSpans({ 'service.name': 'whole' }, (tracer) => {
    const other = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 1 };
    const span = tracer.startSpan('über alles', {
      kind: SpanKind.CLIENT,
      links: [{ context: other }],
      attributes: {
        text: 'grüße',
        yes: true,
        int: 42,
        negative: -7,
        ratio: 0.5,
        list: ['a', 'b'],
        numbers: [1, 2],
      },
    });
    span.addEvent('exception', { 'exception.type': 'E' });
    span.end();
  });
  assert.equal((await post(asProtobuf(spans), 'application/x-protobuf')).status, 200);
  const read = () => warehouse.query(SPANS, { service: 'whole' }, Span);
  await waitUntil('the span can be queried', async () => (await read()).length > 0);
  const [row] = await read();
  assert.deepEqual(row, {
    service: 'whole',
    name: 'über alles',
    kind: 'client',
    status: 'unset',
    scope: 'test-scope',
    resource: { 'service.name': 'whole' },
    attributes: {
      text: 'grüße',
      yes: 'true',
      int: '42',
      negative: '-7',
      ratio: '0.5',
      list: '["a","b"]',
      numbers: '[1,2]',
    },
    eventNames: ['exception'],
    exceptionTypes: ['E'],
    links: 1,
  });
});
