import assert from 'node:assert/strict';
import { test } from 'node:test';
import { warehouseError } from '../../warehouse/engine-error.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';

const socket = (code: string) => Object.assign(new Error(`connect ${code} 10.0.0.1:8123`), { code });

const cases = [
  {
    name: 'an embedded exception',
    thrown: new Error('Code: 60. DB::Exception: Unknown table expression identifier `x`. (UNKNOWN_TABLE)'),
    expected: {
      kind: 'bad-query',
      code: 60,
      message: 'UNKNOWN_TABLE: Unknown table expression identifier `x`',
    },
  },
  {
    name: 'an exception with version and stack',
    thrown: new Error(
      'Code: 241. DB::Exception: Query memory limit exceeded: would use 2 GiB. (MEMORY_LIMIT_EXCEEDED) (version 26.7.1.1 (official build))\nStack trace:\n0. x',
    ),
    expected: {
      kind: 'resource-limit',
      code: 241,
      message: 'MEMORY_LIMIT_EXCEEDED: Query memory limit exceeded: would use 2 GiB',
    },
  },
  {
    name: "the HTTP client's error",
    thrown: Object.assign(new Error('Too many parts (300). '), { code: '252', type: 'TOO_MANY_PARTS' }),
    expected: { kind: 'retryable', code: 252, message: 'TOO_MANY_PARTS: Too many parts (300)' },
  },
  {
    name: 'a refused connection',
    thrown: socket('ECONNREFUSED'),
    expected: { kind: 'unavailable', code: null, message: 'connect ECONNREFUSED 10.0.0.1:8123' },
  },
  {
    name: 'a cut connection',
    thrown: socket('ECONNRESET'),
    expected: { kind: 'retryable', code: null, message: 'connect ECONNRESET 10.0.0.1:8123' },
  },
  {
    name: 'a request that timed out in the client',
    thrown: new Error('Timeout error.'),
    expected: { kind: 'retryable', code: null, message: 'The server did not answer in time' },
  },
  {
    name: 'something that is no error at all',
    thrown: 'boom',
    expected: { kind: 'unavailable', code: null, message: 'boom' },
  },
];
for (const { name, thrown, expected } of cases) {
  test(`warehouseError: ${name}`, () => {
    const { kind, code, message, queryId, cause } = warehouseError(thrown, 'q1');
    assert.deepEqual({ kind, code, message }, expected);
    assert.deepEqual([queryId, cause], ['q1', thrown]);
  });
}

test('warehouseError: a long message is cut to what a person reads', () => {
  const { message } = warehouseError(
    new Error(`Code: 62. DB::Exception: ${'x'.repeat(5000)}. (SYNTAX_ERROR)`),
    null,
  );
  assert.ok(message.length < 700);
  assert.match(message, /^SYNTAX_ERROR: x+…$/);
});

test('warehouseError: an error already typed passes through', () => {
  const typed = new WarehouseError('overloaded', 'full');
  assert.equal(warehouseError(typed, 'q1'), typed);
});
