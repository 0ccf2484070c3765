import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { serverVersion } from '../../warehouse/server-version.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import { inEveryMode } from '../support/in-every-mode.js';

const Any = z.record(z.string(), z.unknown());

const mistakes = [
  {
    name: 'an unknown column',
    sql: 'SELECT nope',
    kind: 'bad-query',
    code: 47,
    says: /^UNKNOWN_IDENTIFIER: /,
  },
  {
    name: 'an unknown table',
    sql: 'SELECT 1 FROM nowhere',
    kind: 'bad-query',
    code: 60,
    says: /^UNKNOWN_TABLE: /,
  },
  { name: 'broken syntax', sql: 'SELECT FROM WHERE', kind: 'bad-query', code: 62, says: /^SYNTAX_ERROR: / },
  {
    name: 'a parameter without a value',
    sql: 'SELECT {missing: String}',
    kind: 'bad-query',
    code: 456,
    says: /missing/,
  },
];

inEveryMode('query', (warehouse) => {
  test('answers rows as their schema says', async () => {
    const Row = z.object({ small: z.number(), big: z.coerce.bigint(), name: z.string(), gone: z.null() });
    const sql = `SELECT toUInt8(7) AS small, toUInt64(18446744073709551615) AS big, 'x' AS name, NULL AS gone`;
    const rows = await warehouse().query(sql, {}, Row);
    assert.deepEqual(rows, [{ small: 7, big: 18446744073709551615n, name: 'x', gone: null }]);
  });

  test('answers no rows with an empty list', async () => {
    assert.deepEqual(await warehouse().query('SELECT 1 AS one WHERE 0', {}, Any), []);
  });

  test('names the column that does not fit', async () => {
    const Row = z.object({ total: z.string() });
    const asked = warehouse().query('SELECT toUInt8(1) AS total', {}, Row, { queryId: 'misfit' });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof WarehouseError);
      assert.equal(error.kind, 'bad-query');
      assert.equal(error.queryId, 'misfit');
      assert.match(error.message, /column "total"/);
      return true;
    });
  });

  for (const { name, sql, kind, code, says } of mistakes) {
    test(`${name} is a ${kind}, in words of one line`, async () => {
      await assert.rejects(warehouse().query(sql, {}, Any, { queryId: `q-${code}` }), (error) => {
        assert.ok(error instanceof WarehouseError);
        assert.deepEqual([error.kind, error.code, error.queryId], [kind, code, `q-${code}`]);
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /DB::|Stack trace|version 2/);
        return true;
      });
    });
  }

  test('reading changes nothing: a write in a query is refused', async () => {
    await warehouse().command('CREATE TABLE kept (id UInt8) ENGINE = MergeTree ORDER BY id');
    await assert.rejects(warehouse().query('DROP TABLE kept', {}, Any), { kind: 'bad-query', code: 164 });
    assert.deepEqual(await warehouse().query('SELECT count() AS n FROM kept', {}, Any), [{ n: '0' }]);
  });

  test('a command takes parameters, and its change is seen at once', async () => {
    await warehouse().command('CREATE TABLE notes (id UInt64, text String) ENGINE = MergeTree ORDER BY id');
    await warehouse().command('INSERT INTO notes SELECT {id: UInt64}, {text: String}', {
      id: 1n,
      text: "it's",
    });
    await warehouse().command('INSERT INTO notes VALUES ({id: UInt64}, {text: String})', {
      id: 2n,
      text: 'b',
    });
    const rows = await warehouse().query('SELECT * FROM notes ORDER BY id', {}, Any);
    assert.deepEqual(rows, [
      { id: '1', text: "it's" },
      { id: '2', text: 'b' },
    ]);
  });

  test('times are UTC whatever the machine thinks', async () => {
    const at = new Date('2024-03-31T01:30:00.123Z');
    const sql = `SELECT toUnixTimestamp64Milli({at: DateTime64(3)}) AS ms, timeZone() AS zone`;
    assert.deepEqual(await warehouse().query(sql, { at }, Any), [{ ms: String(at.getTime()), zone: 'UTC' }]);
  });

  test('the engine says its version', async () => {
    assert.match(await serverVersion(warehouse()), /^\d+\.\d+/);
  });

  describe('values of the statement before', () => {
    test('are never seen by the next, however many run on one session', async () => {
      await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          const rows = await warehouse().query(
            'SELECT {v: UInt32} AS v',
            { v: index },
            z.object({ v: z.number() }),
          );
          assert.deepEqual(rows, [{ v: index }]);
        }),
      );
      await assert.rejects(warehouse().query('SELECT {v: UInt32} AS v', {}, Any), { code: 456 });
    });
  });
});
