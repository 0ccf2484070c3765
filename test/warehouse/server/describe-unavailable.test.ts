import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { StartupError } from '../../../schemas/startup-error.js';
import { describeUnavailable } from '../../../warehouse/server/describe-unavailable.js';
import { openServer } from '../../../warehouse/server/open-server.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';
import { testLimits } from '../../support/embedded-warehouse.js';

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

for (const address of ['clickhouse:8123', 'ftp://me:hunter2@db/', '', 'not a url']) {
  test(`openServer: "${address}" is refused in one sentence without secrets`, async () => {
    const options = { user: 'me', password: 'hunter2', database: 'x', limits: testLimits, newId: randomUUID };
    await assert.rejects(openServer({ ...options, url: address }), (error) => {
      assert.ok(error instanceof StartupError);
      assert.match(error.message, /^COLDBURN_CLICKHOUSE_URL is .*http:\/\/host:8123\.$/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });
}
