import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeWarehouseError } from '../../warehouse/describe-warehouse-error.js';
import { WarehouseError, type WarehouseErrorKind } from '../../warehouse/warehouse-error.js';

const cases: Record<WarehouseErrorKind, string | null> = {
  'resource-limit': 'QUERY_LIMIT null',
  overloaded: 'UNAVAILABLE 2',
  retryable: 'UNAVAILABLE 1',
  unavailable: 'UNAVAILABLE 5',
  cancelled: 'UNAVAILABLE 1',
  'bad-query': null,
};
for (const kind of [
  'resource-limit',
  'overloaded',
  'retryable',
  'unavailable',
  'cancelled',
  'bad-query',
] as const) {
  test(`describeWarehouseError: ${kind} is told as ${cases[kind] ?? 'our own mistake'}`, () => {
    const problem = describeWarehouseError(
      new WarehouseError(kind, 'Code: 241. DB::Exception: secret_table'),
    );
    assert.equal(problem === null ? null : `${problem.code} ${problem.retryAfterSeconds}`, cases[kind]);
    assert.ok(problem === null || !problem.message.includes('secret_table'), 'nothing of the engine leaks');
  });
}

test('describeWarehouseError: other failures are not its business', () => {
  assert.equal(describeWarehouseError(new Error('x')), null);
});
