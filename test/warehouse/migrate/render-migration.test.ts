import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderMigration } from '../../../warehouse/migrate/render/render-migration.js';
import { scanSql, splitStatements } from '../../../warehouse/migrate/render/scan-sql.js';
import type { Placements, Target } from '../../../warehouse/migrate/render/target.js';

const one: Target = { kind: 'single', database: 'db' };
const many: Target = { kind: 'cluster', database: 'db', cluster: 'main' };
const known: Placements = new Map([
  ['spans', { kind: 'sharded', key: 'cityHash64(trace_id)' }],
  ['keys', { kind: 'every-node' }],
]);

const cases = [
  {
    name: 'a sharded table is Replicated on each node and Distributed over them',
    text: `CREATE TABLE IF NOT EXISTS {{table:t sharded by cityHash64(a, 'x;y')}} (a String)
ENGINE = {{engine:MergeTree}} ORDER BY a SETTINGS {{settings:deduplicated}};`,
    single: [
      `CREATE TABLE IF NOT EXISTS db.t (a String)
ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000`,
    ],
    cluster: [
      `CREATE TABLE IF NOT EXISTS db.t_local ON CLUSTER 'main' (a String)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/db/t_local', '{replica}') ORDER BY a SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800`,
      `CREATE TABLE IF NOT EXISTS db.t ON CLUSTER 'main' AS db.t_local
ENGINE = Distributed('main', 'db', 't_local', cityHash64(a, 'x;y'))`,
    ],
  },
  {
    name: 'a table on every node is one replica set across shards, and engine parameters stay',
    text: `CREATE TABLE IF NOT EXISTS {{table:t on every node}} (a String, v UInt8) ENGINE = {{engine:ReplacingMergeTree(v)}} ORDER BY a`,
    single: ['CREATE TABLE IF NOT EXISTS db.t (a String, v UInt8) ENGINE = ReplacingMergeTree(v) ORDER BY a'],
    cluster: [
      `CREATE TABLE IF NOT EXISTS db.t ON CLUSTER 'main' (a String, v UInt8) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/every-node/db/t', '{shard}-{replica}', v) ORDER BY a`,
    ],
  },
  {
    name: 'a view reads and writes what is on its own node',
    text: 'CREATE TABLE IF NOT EXISTS {{table:s on every node}} (a UInt8) ENGINE = {{engine:SummingMergeTree}} ORDER BY a; CREATE MATERIALIZED VIEW IF NOT EXISTS {{view:v}} TO {{local:s}} AS SELECT 1 AS a FROM {{local:spans}}',
    single: [
      'CREATE TABLE IF NOT EXISTS db.s (a UInt8) ENGINE = SummingMergeTree ORDER BY a',
      'CREATE MATERIALIZED VIEW IF NOT EXISTS db.v TO db.s AS SELECT 1 AS a FROM db.spans',
    ],
    cluster: [
      "CREATE TABLE IF NOT EXISTS db.s ON CLUSTER 'main' (a UInt8) ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/every-node/db/s', '{shard}-{replica}') ORDER BY a",
      "CREATE MATERIALIZED VIEW IF NOT EXISTS db.v ON CLUSTER 'main' TO db.s AS SELECT 1 AS a FROM db.spans_local",
    ],
  },
  {
    name: 'a new column comes first below, then above',
    text: 'ALTER TABLE {{columns:spans}} ADD COLUMN IF NOT EXISTS x UInt8',
    single: ['ALTER TABLE db.spans ADD COLUMN IF NOT EXISTS x UInt8'],
    cluster: [
      "ALTER TABLE db.spans_local ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS x UInt8",
      "ALTER TABLE db.spans ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS x UInt8",
    ],
  },
  {
    name: 'a column that goes leaves first above, then below',
    text: 'ALTER TABLE {{columns:spans}} DROP COLUMN IF EXISTS x',
    single: ['ALTER TABLE db.spans DROP COLUMN IF EXISTS x'],
    cluster: [
      "ALTER TABLE db.spans ON CLUSTER 'main' DROP COLUMN IF EXISTS x",
      "ALTER TABLE db.spans_local ON CLUSTER 'main' DROP COLUMN IF EXISTS x",
    ],
  },
  {
    name: 'storage is changed below only, and a table on every node has no above',
    text: 'ALTER TABLE {{storage:spans}} MODIFY TTL a + INTERVAL 1 DAY; ALTER TABLE {{columns:keys}} ADD COLUMN IF NOT EXISTS x UInt8;',
    single: [
      'ALTER TABLE db.spans MODIFY TTL a + INTERVAL 1 DAY',
      'ALTER TABLE db.keys ADD COLUMN IF NOT EXISTS x UInt8',
    ],
    cluster: [
      "ALTER TABLE db.spans_local ON CLUSTER 'main' MODIFY TTL a + INTERVAL 1 DAY",
      "ALTER TABLE db.keys ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS x UInt8",
    ],
  },
  {
    name: 'a table is filled once for all shards, through the tables above them',
    text: "INSERT INTO {{fill:spans}} SELECT * FROM {{whole:spans}} ORDER BY ALL SETTINGS insert_deduplication_token = 'x', max_insert_threads = 1",
    single: [
      "INSERT INTO db.spans SELECT * FROM db.spans ORDER BY ALL SETTINGS insert_deduplication_token = 'x', max_insert_threads = 1",
    ],
    cluster: [
      "INSERT INTO db.spans SELECT * FROM db.spans ORDER BY ALL SETTINGS insert_deduplication_token = 'x', max_insert_threads = 1",
    ],
  },
  {
    name: 'a dropped table goes above and below',
    text: 'DROP TABLE IF EXISTS {{drop:spans}} SYNC',
    single: ['DROP TABLE IF EXISTS db.spans SYNC'],
    cluster: [
      "DROP TABLE IF EXISTS db.spans ON CLUSTER 'main' SYNC",
      "DROP TABLE IF EXISTS db.spans_local ON CLUSTER 'main' SYNC",
    ],
  },
];
for (const { name, text, single, cluster } of cases) {
  test(`renderMigration: ${name}`, () => {
    assert.deepEqual(renderMigration(text, one, known).statements, single);
    assert.deepEqual(renderMigration(text, many, known).statements, cluster);
  });
}

const mistakes = [
  {
    text: 'CREATE TABLE IF NOT EXISTS {{tabel:x}} (a UInt8)',
    says: /\{\{tabel:x\}\} is not a known macro; known are/,
  },
  { text: 'CREATE TABLE IF NOT EXISTS {{table:x}} (a UInt8)', says: /not a known macro/ },
  { text: 'CREATE TABLE IF NOT EXISTS x (a UInt8) ENGINE = MergeTree', says: /needs exactly one of/ },
  { text: "INSERT INTO x VALUES ('a')", says: /needs exactly one of/ },
  { text: 'INSERT INTO {{fill:spans}} SELECT * FROM {{whole:spans}}', says: /INSERT needs ORDER BY ALL/ },
  {
    text: 'INSERT INTO {{fill:spans}} SELECT * FROM {{whole:spans}} ORDER BY ALL SETTINGS max_insert_threads = 1',
    says: /INSERT needs insert_deduplication_token/,
  },
  {
    text: 'CREATE TABLE {{table:x on every node}} (a UInt8)',
    says: /belongs in CREATE TABLE IF NOT EXISTS/,
  },
  { text: 'DROP TABLE {{drop:keys}}', says: /belongs in DROP TABLE IF EXISTS/ },
  { text: 'ALTER TABLE {{columns:keys}} ADD COLUMN x UInt8', says: /"ADD COLUMN" needs IF NOT EXISTS/ },
  { text: 'ALTER TABLE {{columns:keys}} DROP COLUMN x', says: /"DROP COLUMN" needs IF EXISTS/ },
  { text: 'ALTER TABLE {{columns:nobody}} DROP COLUMN IF EXISTS x', says: /nobody, which no earlier/ },
  {
    text: 'CREATE TABLE IF NOT EXISTS {{table:keys on every node}} (a UInt8)',
    says: /keys a second time/,
  },
  {
    text: 'ALTER TABLE {{storage:keys}} MODIFY SETTING {{settings:deduplicated}}',
    says: /only belongs where/,
  },
  { text: '-- nothing but a comment;\n', says: /no statement/ },
  { text: "ALTER TABLE {{storage:keys}} MODIFY COMMENT 'never", says: /line 1 opens ' and never closes/ },
];
for (const { text, says } of mistakes)
  test(`renderMigration: refuses ${text.slice(0, 60).trim()}`, () => {
    assert.throws(() => renderMigration(text, one, known), says);
  });

const quoted = [
  "'a;b'",
  "'it''s; \\'; {{no}} -- '",
  '"x;"',
  '`y;--`',
  "$tag$ ; ' -- $tag$",
  '$$;$$',
  "/* ; ' {{ */",
  "-- ; it's\n",
  '# ; "\n',
];
test('splitStatements: no quote or comment hides or makes a statement, in any order', () => {
  const part = fc.constantFrom(...quoted, ' SELECT ', '1', '+', '\n');
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 8 }), { maxLength: 6 }), (statements) => {
      // Each begins with a word, so that none is empty and none ends in a way that joins the next.
      const texts = statements.map((parts) => `word ${parts.join(' ')}\n`);
      const tokens = scanSql(texts.join(';'));
      assert.equal(tokens.map(({ text }) => text).join(''), texts.join(';'));
      assert.equal(splitStatements(tokens).length, texts.length);
    }),
  );
});
