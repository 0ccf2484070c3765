import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorKind } from '../../warehouse/error-kind.js';
import type { WarehouseErrorKind } from '../../warehouse/warehouse-error.js';

const cases: { code: number; name: string; kind: WarehouseErrorKind }[] = [
  { code: 241, name: 'MEMORY_LIMIT_EXCEEDED', kind: 'resource-limit' },
  { code: 159, name: 'TIMEOUT_EXCEEDED', kind: 'resource-limit' },
  { code: 160, name: 'TOO_SLOW', kind: 'resource-limit' },
  { code: 158, name: 'TOO_MANY_ROWS', kind: 'resource-limit' },
  { code: 307, name: 'TOO_MANY_BYTES', kind: 'resource-limit' },
  { code: 396, name: 'TOO_MANY_ROWS_OR_BYTES', kind: 'resource-limit' },
  { code: 394, name: 'QUERY_WAS_CANCELLED', kind: 'cancelled' },
  { code: 202, name: 'TOO_MANY_SIMULTANEOUS_QUERIES', kind: 'retryable' },
  { code: 209, name: 'SOCKET_TIMEOUT', kind: 'retryable' },
  { code: 242, name: 'TABLE_IS_READ_ONLY', kind: 'retryable' },
  { code: 252, name: 'TOO_MANY_PARTS', kind: 'retryable' },
  { code: 319, name: 'UNKNOWN_STATUS_OF_INSERT', kind: 'retryable' },
  { code: 999, name: 'KEEPER_EXCEPTION', kind: 'retryable' },
  { code: 210, name: 'NETWORK_ERROR', kind: 'unavailable' },
  { code: 279, name: 'ALL_CONNECTION_TRIES_FAILED', kind: 'unavailable' },
  { code: 516, name: 'AUTHENTICATION_FAILED', kind: 'unavailable' },
  { code: 193, name: 'WRONG_PASSWORD', kind: 'unavailable' },
  { code: 60, name: 'UNKNOWN_TABLE', kind: 'bad-query' },
  { code: 47, name: 'UNKNOWN_IDENTIFIER', kind: 'bad-query' },
  { code: 62, name: 'SYNTAX_ERROR', kind: 'bad-query' },
  { code: 53, name: 'TYPE_MISMATCH', kind: 'bad-query' },
  { code: 987654, name: 'a code from the future', kind: 'bad-query' },
];
for (const { code, name, kind } of cases) {
  test(`errorKind: ${name} (${code}) is ${kind}`, () => assert.equal(errorKind(code), kind));
}
