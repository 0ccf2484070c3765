import assert from 'node:assert/strict';
import { test } from 'node:test';
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
