import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { measureServer } from '../../../cli/doctor/measures/server.js';
import { openServer } from '../../../warehouse/server/open-server.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type Endpoint, startEndpoint } from '../../support/clickhouse-endpoint/start-endpoint.js';
import { testLimits } from '../../support/embedded-warehouse.js';

let endpoint: Endpoint;
before(async () => {
  endpoint = await startEndpoint();
});
after(() => endpoint.stop());

const now = () => new Date();
const ask = { database: 'default', cluster: null, probe: 'coldburn_doctor_test', now };

type Place = { database?: string; password?: string; url?: string };
async function withServer<T>(place: Place, use: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const { database = 'default', password = endpoint.password, url = endpoint.url } = place;
  const warehouse = await openServer({
    url,
    user: 'default',
    password,
    database,
    limits: testLimits,
    newId: randomUUID,
  });
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

test('measureServer: a server in order answers its version and clock, grants everything, and keeps no probe', async () => {
  await withServer({}, async (warehouse) => {
    const facts = await measureServer(warehouse, ask);
    assert.ok(facts.kind === 'answers', JSON.stringify(facts));
    assert.match(facts.version, /^\d+\.\d+/);
    assert.ok(Math.abs(facts.skewMs) <= facts.roundTripMs / 2 + 1);
    assert.deepEqual([facts.refused, facts.clusterHosts], [null, null]);
    const sql = "SELECT name FROM system.tables WHERE name LIKE 'coldburn_doctor%'";
    assert.deepEqual(await warehouse.query(sql, {}, z.object({ name: z.string() })), []);
  });
});

test('measureServer: a step that is refused is named, with the reason', async () => {
  await withServer({}, async (warehouse) => {
    await warehouse.command('CREATE TABLE coldburn_doctor_taken (other String) ENGINE = Memory');
    const facts = await measureServer(warehouse, { ...ask, probe: 'coldburn_doctor_taken' });
    assert.ok(facts.kind === 'answers');
    assert.equal(facts.refused?.step, 'create a table');
    assert.match(facts.refused.reason, /already exists/);
    await warehouse.command('DROP TABLE coldburn_doctor_taken');
  });
});

test('measureServer: a cluster the server does not know has no hosts', async () => {
  await withServer({}, async (warehouse) => {
    const facts = await measureServer(warehouse, { ...ask, cluster: 'nowhere' });
    assert.ok(facts.kind === 'answers');
    assert.equal(facts.clusterHosts, 0);
  });
});

test('measureServer: a database that is not there yet is no failure', async () => {
  await withServer({ database: 'missing' }, async (warehouse) => {
    const facts = await measureServer(warehouse, { ...ask, database: 'missing' });
    assert.deepEqual(facts, { kind: 'no-database', database: 'missing' });
  });
});

test('measureServer: a wrong password and a silent address are one line without the password', async () => {
  for (const place of [{ password: 'hunter2' }, { url: 'http://127.0.0.1:1' }]) {
    const facts = await withServer(place, (warehouse) => measureServer(warehouse, ask));
    assert.ok(facts.kind === 'unreachable', JSON.stringify(facts));
    assert.doesNotMatch(facts.reason, /\n|hunter2/);
    assert.ok(facts.reason.length > 10);
  }
});
