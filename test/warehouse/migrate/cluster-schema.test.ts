import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { createWarehouse } from '../../../warehouse/create-warehouse.js';
import { embeddedEngine } from '../../../warehouse/embedded/embedded-engine.js';
import { engineConfigXml } from '../../../warehouse/embedded/engine-config.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { clusterStatements, clusterTarget } from './golden-schema.js';
import { testMigrationLimits } from './migrate-harness.js';

// A cluster of one node: the engine's own in-memory keeper lets it make Replicated tables. It runs no queue of DDL,
// so ON CLUSTER is checked by the parser and taken out for the run.
const clusterXml = `
  <zookeeper><implementation>testkeeper</implementation></zookeeper>
  <macros><shard>1</shard><replica>r1</replica></macros>
  <remote_servers><main><shard><replica><host>127.0.0.1</host><port>9</port></replica></shard></main></remote_servers>
</clickhouse>`;

let warehouse: Warehouse;
let dir: TempDir;
before(async () => {
  dir = await tempDir();
  await mkdir(join(dir.path, 'clickhouse'));
  const limits = testMigrationLimits;
  const configPath = join(dir.path, 'engine.xml');
  await writeFile(configPath, engineConfigXml(limits, dir.path).replace('</clickhouse>', clusterXml));
  const { database } = clusterTarget;
  const engine = await embeddedEngine({
    engineDir: join(dir.path, 'clickhouse'),
    configPath,
    database,
    limits,
  });
  warehouse = createWarehouse(engine, { limits, newId: randomUUID });
});
after(async () => {
  // Without a real keeper the engine would wait for ever for its replicas to take leave.
  await warehouse.command(`DROP DATABASE ${clusterTarget.database}`);
  await warehouse.close();
  await dir.remove();
});

/** It goes through Distributed tables, and the one node listens on no port: here it is run on the tables below them. */
function onThisNode(fill: string): string {
  return fill.replace(/\b(INTO|FROM) coldburn\.(\w+)/g, '$1 coldburn.$2_local');
}

function isFill(statement: string): boolean {
  return statement.startsWith('INSERT INTO ');
}

test('cluster: the engine parses every statement as it is sent, ON CLUSTER included', async () => {
  const statements = (await clusterStatements()).filter((statement) => !isFill(statement));
  assert.ok(statements.length > 0);
  for (const statement of statements) {
    assert.ok(statement.includes(" ON CLUSTER 'main'"), statement);
    const sql = 'SELECT formatQuery({statement: String}) AS formatted';
    const [row] = await warehouse.query(sql, { statement }, z.object({ formatted: z.string() }));
    assert.match(row?.formatted ?? '', /ON CLUSTER main/);
  }
});

test('cluster: every statement runs, and tables are Replicated below and Distributed above', async () => {
  for (const statement of await clusterStatements())
    await warehouse.command(
      isFill(statement) ? onThisNode(statement) : statement.replaceAll(" ON CLUSTER 'main'", ''),
    );
  const sql = `SELECT name, engine, engine_full FROM system.tables WHERE database = 'coldburn' ORDER BY name`;
  const Row = z.object({ name: z.string(), engine: z.string(), engine_full: z.string() });
  const tables = await warehouse.query(sql, {}, Row);
  const engineOf = (name: string) => tables.find((table) => table.name === name)?.engine;
  assert.equal(engineOf('spans'), 'Distributed');
  assert.equal(engineOf('spans_local'), 'ReplicatedMergeTree');
  assert.equal(engineOf('api_keys'), 'ReplicatedMergeTree', 'state is on every node, with nothing above it');
  const spans = tables.find(({ name }) => name === 'spans');
  assert.match(spans?.engine_full ?? '', /cityHash64\(trace_id\)/, 'a trace stays on one shard');
  // The view above has the columns of the table below, or queries would fail on a cluster only.
  const columns = `SELECT table, groupArray((name, type)) AS columns FROM system.columns
    WHERE database = 'coldburn' AND table IN ('spans', 'spans_local') GROUP BY table`;
  const Columns = z.object({ table: z.string(), columns: z.array(z.unknown()) });
  const [one, other] = await warehouse.query(columns, {}, Columns);
  assert.ok(one !== undefined && other !== undefined);
  assert.deepEqual(one.columns, other.columns);
});
