import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeUnavailable } from '../../../warehouse/server/describe-unavailable.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';

const url = 'https://me:hunter2@db.example:8443/?password=hunter2';
const failure = (code: number | null, message: string) =>
  new WarehouseError('unavailable', message, { code });

const cases = [
  {
    name: 'a wrong password',
    error: failure(516, 'AUTHENTICATION_FAILED: x'),
    says: /COLDBURN_CLICKHOUSE_PASSWORD/,
  },
  {
    name: 'nobody listening',
    error: failure(null, 'connect ECONNREFUSED'),
    says: /cannot be reached \(connect ECONNREFUSED\)/,
  },
  {
    name: 'an unknown database',
    error: failure(81, 'UNKNOWN_DATABASE: x'),
    says: /COLDBURN_CLICKHOUSE_DATABASE/,
  },
  {
    name: 'a missing right',
    error: failure(497, 'ACCESS_DENIED: needs INSERT'),
    says: /needs INSERT.*grant it/,
  },
  { name: 'a forbidden address', error: failure(195, 'IP_ADDRESS_NOT_ALLOWED: x'), says: /allowed hosts/ },
  {
    name: 'any other answer',
    error: failure(999, 'KEEPER_EXCEPTION: lost'),
    says: /KEEPER_EXCEPTION: lost.*log/,
  },
  { name: 'an unforeseen failure', error: new Error('odd'), says: /odd/ },
];
for (const { name, error, says } of cases) {
  test(`describeUnavailable: ${name} is one sentence with a remedy and without secrets`, () => {
    const { message, name: errorName } = describeUnavailable(error, url);
    assert.equal(errorName, 'StartupError');
    assert.match(message, /^ClickHouse at https:\/\/db\.example:8443 /);
    assert.match(message, says);
    assert.match(message, /\.$/);
    assert.doesNotMatch(message, /hunter2|me:|\n/);
  });
}
