import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedNames } from '../../../ingest/dependencies/bounded-names.js';
import type { Peer } from '../../../ingest/dependencies/call.js';
import { foldRoute } from '../../../ingest/dependencies/fold-route.js';
import { kinds } from '../support/classify-cases.js';
import { decode } from '../support/decode.js';
import { goodSpan, jsonRequest, keyValues } from '../support/sample-span.js';

type Attributes = Record<string, string | number | boolean>;
type Case = {
  name: string;
  kind?: number;
  attributes: Attributes;
  /** direction, kind, peer, operation; null for a span that is no call. */
  expected: readonly [string, string, string, string] | null;
};

const { client, producer, consumer, server, internal } = kinds;

const cases: readonly Case[] = [
  {
    name: 'SQL by namespace, operation and table',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'orders',
    },
    expected: ['out', 'database', 'postgresql shop', 'SELECT orders'],
  },
  {
    name: 'SQL under the former names; of a statement only its verb',
    attributes: { 'db.system': 'mysql', 'db.name': 'shop', 'db.statement': "update users set pin='1234'" },
    expected: ['out', 'database', 'mysql shop', 'UPDATE'],
  },
  {
    name: 'a statement that begins with data tells nothing',
    attributes: {
      'db.system': 'redis',
      'net.peer.name': 'cache',
      'net.peer.port': 6379,
      'db.statement': 'secretkey 1',
    },
    expected: ['out', 'database', 'redis cache:6379', ''],
  },
  {
    name: 'DynamoDB of the SDK',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'GetItem',
      'db.system': 'dynamodb',
      'aws.dynamodb.table_names': 'orders',
    },
    expected: ['out', 'database', 'dynamodb orders', 'GetItem'],
  },
  {
    name: 'DynamoDB without db.system is the same peer',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'GetItem',
      'aws.dynamodb.table_names': 'orders',
    },
    expected: ['out', 'database', 'dynamodb orders', 'GetItem'],
  },
  {
    name: 'HTTP by host, method and folded path',
    attributes: {
      'http.request.method': 'GET',
      'url.full': 'https://api.stripe.com/v2/customers/8812/cards?x=1',
      'server.address': 'api.stripe.com',
      'server.port': 443,
    },
    expected: ['out', 'http', 'api.stripe.com', 'GET /v2/customers/{id}/cards'],
  },
  {
    name: 'HTTP under the former names, with a port of its own and a login that is not kept',
    attributes: { 'http.method': 'post', 'http.url': 'http://me:secret@Search.internal:8080/q' },
    expected: ['out', 'http', 'search.internal:8080', 'POST /q'],
  },
  {
    name: 'a template is taken as it is',
    attributes: {
      'http.request.method': 'GET',
      'url.template': '/orders/{order}',
      'url.full': 'https://a.example/orders/x',
      'peer.service': 'orders',
    },
    expected: ['out', 'http', 'orders', 'GET /orders/{order}'],
  },
  {
    name: 'gRPC by service and method',
    attributes: { 'rpc.system': 'grpc', 'rpc.service': 'shop.Stock', 'rpc.method': 'Reserve' },
    expected: ['out', 'rpc', 'shop.Stock', 'Reserve'],
  },
  {
    name: 'gRPC as conventions write it now',
    attributes: { 'rpc.system.name': 'grpc', 'rpc.method': 'shop.Stock/Reserve' },
    expected: ['out', 'rpc', 'shop.Stock', 'Reserve'],
  },
  {
    name: 'a queue by its name',
    kind: producer,
    attributes: {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': 'order-events',
      'messaging.operation.type': 'send',
    },
    expected: ['out', 'queue', 'order-events', 'send'],
  },
  {
    name: 'a queue by its URL, sent to with the former word',
    kind: producer,
    attributes: {
      'messaging.destination': 'https://sqs.eu-central-1.amazonaws.com/123456789012/order-events',
      'messaging.operation': 'publish',
    },
    expected: ['out', 'queue', 'order-events', 'send'],
  },
  {
    name: 'a topic by its ARN',
    kind: client,
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'SNS',
      'aws.sns.topic.arn': 'arn:aws:sns:eu-central-1:123456789012:alerts',
    },
    expected: ['out', 'queue', 'alerts', 'send'],
  },
  {
    name: 'a reply queue made for one answer',
    kind: producer,
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': 'amq.gen-Xa81',
      'messaging.destination.temporary': true,
    },
    expected: ['out', 'queue', '(temporary)', 'send'],
  },
  {
    name: 'the receiving side of the same queue',
    kind: consumer,
    attributes: { 'messaging.system': 'aws_sqs', 'messaging.destination.name': 'order-events' },
    expected: ['in', 'queue', 'order-events', 'process'],
  },
  {
    name: 'a client that receives stands on the receiving side',
    kind: client,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders',
      'messaging.operation.type': 'receive',
    },
    expected: ['in', 'queue', 'orders', 'receive'],
  },
  {
    name: 'a server span that a queue started',
    kind: server,
    attributes: { 'cloudflare.queue.name': 'mails', 'faas.trigger': 'queue' },
    expected: ['in', 'queue', 'mails', 'process'],
  },
  {
    name: 'a bucket that started a run',
    kind: server,
    attributes: { 'faas.trigger': 'datasource', 'faas.document.collection': 'uploads' },
    expected: ['in', 'storage', 'uploads', 'process'],
  },
  {
    name: 'another function, by its ARN',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'Lambda',
      'rpc.method': 'Invoke',
      'faas.invoked_name': 'arn:aws:lambda:eu-central-1:123456789012:function:prices:live',
    },
    expected: ['out', 'function', 'prices', 'Invoke'],
  },
  {
    name: 'a bucket',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'S3',
      'rpc.method': 'PutObject',
      'aws.s3.bucket': 'uploads',
    },
    expected: ['out', 'storage', 's3 uploads', 'PutObject'],
  },
  {
    name: 'any other service of AWS',
    attributes: { 'rpc.system': 'aws-api', 'rpc.service': 'SecretsManager', 'rpc.method': 'GetSecretValue' },
    expected: ['out', 'other', 'SecretsManager', 'GetSecretValue'],
  },
  { name: 'a client that tells nothing', attributes: {}, expected: ['out', 'other', '(unknown)', 'run'] },
  {
    name: 'an exporter over HTTP',
    attributes: { 'http.request.method': 'POST', 'url.full': 'http://localhost:4318/v1/traces' },
    expected: null,
  },
  {
    name: 'an exporter over gRPC',
    attributes: {
      'rpc.system': 'grpc',
      'rpc.service': 'opentelemetry.proto.collector.trace.v1.TraceService',
    },
    expected: null,
  },
  {
    name: 'a server that answers a request',
    kind: server,
    attributes: { 'http.request.method': 'GET', 'http.route': '/a' },
    expected: null,
  },
  { name: 'a step inside', kind: internal, attributes: { 'db.system': 'mysql' }, expected: null },
];

for (const { name, kind = client, attributes, expected } of cases) {
  test(`calls: ${name}`, () => {
    const span = { ...goodSpan, kind, attributes: keyValues(attributes) };
    const { calls } = decode(jsonRequest([span], { 'service.name': 'svc', 'faas.name': 'checkout' }), 'json');
    const [call] = calls;
    const told =
      call?.direction === 'none' ? null : [call?.direction, call?.kind, call?.peer, call?.operation];
    assert.deepEqual(told, expected);
    assert.equal(call?.function, 'checkout');
  });
}

test('a list of tables names the first, and a call sent again is a retry', () => {
  const tables = {
    key: 'aws.dynamodb.table_names',
    value: { arrayValue: { values: [{ stringValue: 'carts' }, { stringValue: 'x' }] } },
  };
  const attributes = [
    ...keyValues({ 'rpc.system': 'aws-api', 'rpc.service': 'DynamoDB', 'http.request.resend_count': 2 }),
    tables,
  ];
  const { calls } = decode(jsonRequest([{ ...goodSpan, kind: client, attributes }]), 'json');
  assert.deepEqual([calls[0]?.peer, calls[0]?.retry, calls[0]?.function], ['dynamodb carts', true, 'shop']);
});

test('a resource that names a Lambda only by its ARN is that function', () => {
  const resource = {
    'service.name': 'team-service',
    'cloud.resource_id': 'arn:aws:lambda:eu-central-1:123456789012:function:orders',
  };
  const { calls } = decode(jsonRequest([goodSpan], resource), 'json');
  assert.equal(calls[0]?.function, 'orders');
});

test('a path with another id has the same route', () => {
  const id = fc.oneof(
    fc.uuid(),
    fc.integer({ min: 0 }).map(String),
    fc.stringMatching(/^[a-z]{2}[0-9][a-z0-9]{5}$/),
  );
  fc.assert(
    fc.property(id, id, (one, other) => {
      assert.equal(
        foldRoute(`/v1/orders/${one}/lines?p=${one}`),
        foldRoute(`/v1/orders/${other}/lines?p=${other}`),
      );
    }),
  );
  assert.equal(foldRoute('/a/b/c/d/e/f/g/h'), '/a/b/c/d/e/f/…');
  assert.equal(foldRoute(''), '/');
});

test('names beyond the limits are one, and known ones stay', () => {
  const names = new BoundedNames({ functions: 2, peers: 2, operations: 2 });
  const bound = (peer: string, operation: string) => {
    const call: Peer = { kind: 'http', peer, operation };
    const { peer: boundPeer, operation: boundOperation } = names.bound(call);
    return [boundPeer, boundOperation];
  };
  names.of('t', 'f');
  assert.deepEqual(bound('a', '1'), ['a', '1']);
  assert.deepEqual(bound('a', '2'), ['a', '2']);
  assert.deepEqual(bound('a', '3'), ['a', '(other)']);
  assert.deepEqual(bound('b', '1'), ['b', '1']);
  assert.deepEqual(bound('c', '1'), ['(other)', '(other)']);
  assert.deepEqual(bound('a', '1'), ['a', '1']);
  names.of('t', 'g');
  assert.deepEqual(bound('c', '1'), ['c', '1']);
});
