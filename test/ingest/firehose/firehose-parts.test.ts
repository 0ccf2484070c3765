import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestWindow } from '../../../ingest/firehose/request-window.js';
import { withResourceAttributes } from '../../../ingest/firehose/resource-attributes.js';
import { receivedAtMs } from '../support/decode.js';
import { decodeMetrics } from '../support/decode-signals.js';
import { cloudWatchRequest } from '../support/sample-firehose.js';

const request = cloudWatchRequest(receivedAtMs);

test('a CloudWatch summary is a row with its function, dimensions, count, sum and extremes', () => {
  const [row, ...others] = decodeMetrics(request, 'protobuf').rows;
  assert.equal(others.length, 0);
  assert.ok(row !== undefined);
  const { metric, unit, kind, count, sum, quantiles, dimensions } = row;
  assert.deepEqual(
    { metric, unit, kind, count, sum, quantiles, dimensions, function: row.function },
    {
      metric: 'amazonaws.com/AWS/Lambda/Invocations',
      unit: '{Count}',
      kind: 5,
      count: 7n,
      sum: 7,
      quantiles: [
        { quantile: 0, value: 1 },
        { quantile: 1, value: 1 },
      ],
      dimensions: [['FunctionName', 'orders']],
      function: 'orders',
    },
  );
});

test('common attributes stand behind the attributes of each resource, and nothing else changes', () => {
  const added = withResourceAttributes(
    request,
    new Map([
      ['team', 'paß'],
      ['cloud.region', 'elsewhere'],
    ]),
  );
  const [plain] = decodeMetrics(request, 'protobuf').rows;
  const [row] = decodeMetrics(added, 'protobuf').rows;
  assert.ok(plain !== undefined && row !== undefined);
  assert.deepEqual(row, {
    ...plain,
    resource: [...plain.resource, ['team', 'paß'], ['cloud.region', 'elsewhere']],
  });
});

test('no common attributes leave the bytes as they are', () => {
  assert.equal(withResourceAttributes(request, new Map()), request);
});

const nothing = async () => undefined;

test('the window forgets the oldest when it is full, and everything when it is old', async () => {
  const window = new RequestWindow(2, 1000);
  assert.equal(await window.once('a', 0, nothing), 'stored');
  assert.equal(await window.once('b', 1, nothing), 'stored');
  assert.equal(await window.once('b', 2, nothing), 'duplicate');
  assert.equal(await window.once('c', 3, nothing), 'stored');
  assert.equal(await window.once('a', 4, nothing), 'stored', 'a made room for c');
  assert.equal(await window.once('a', 1003, nothing), 'duplicate');
  assert.equal(await window.once('a', 1004, nothing), 'stored', 'a second after it was stored');
});

test('of those who wait for a request that fails, one stores and the others are duplicates', async () => {
  const window = new RequestWindow(10, 1000);
  let fail: (error: Error) => void = () => undefined;
  const first = window.once(
    'a',
    0,
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  let stores = 0;
  const store = async () => {
    stores++;
  };
  const waiting = [window.once('a', 1, store), window.once('a', 1, store), window.once('a', 1, store)];
  fail(new Error('The disk is full'));
  await assert.rejects(first, /disk is full/);
  assert.deepEqual((await Promise.all(waiting)).sort(), ['duplicate', 'duplicate', 'stored']);
  assert.equal(stores, 1);
});
