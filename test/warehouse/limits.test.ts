import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import { testLimits } from '../support/embedded-warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';

const Any = z.record(z.string(), z.unknown());
const ENDLESS = 'SELECT count() AS n FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 0';
const HUNGRY = 'SELECT length(groupArray(number)) AS n FROM numbers(50000000)';

const mebibyte = 1024 ** 2;
const limits = { ...testLimits, queryTimeoutMs: 400, resultBytes: mebibyte };

inEveryMode(
  'limits',
  (warehouse) => {
    test('a query that takes too long is a resource limit, and says how long it had', async () => {
      await assert.rejects(warehouse().query(ENDLESS, {}, Any, { timeoutMs: 150 }), (error) => {
        assert.ok(error instanceof WarehouseError);
        assert.deepEqual([error.kind, error.code], ['resource-limit', 159]);
        assert.match(error.message, /150/);
        return true;
      });
    });

    test('a query without a limit of its own has the configured one', async () => {
      await assert.rejects(warehouse().query(ENDLESS, {}, Any), { kind: 'resource-limit', code: 159 });
    });

    test('a stream has the same time', async () => {
      const read = async () => {
        for await (const _ of warehouse().stream(ENDLESS, {}, Any));
      };
      await assert.rejects(read(), { kind: 'resource-limit', code: 159 });
    });

    test('a query that takes too much memory is a resource limit', async () => {
      const asked = warehouse().query(HUNGRY, {}, Any, { memoryBytes: 20 * mebibyte, timeoutMs: 20_000 });
      await assert.rejects(asked, { kind: 'resource-limit', code: 241 });
    });

    test('an answer too large to hold is refused; streaming it is not', async () => {
      const sql = `SELECT number, leftPad(toString(number), 100, 'x') AS text FROM numbers(50000)`;
      await assert.rejects(warehouse().query(sql, {}, Any, { timeoutMs: 20_000 }), {
        kind: 'resource-limit',
      });
      let rows = 0;
      for await (const _ of warehouse().stream(sql, {}, Any, { timeoutMs: 20_000 })) rows += 1;
      assert.equal(rows, 50_000);
    });

    test('a limit ends with its statement', async () => {
      assert.deepEqual(await warehouse().query('SELECT 1 AS one', {}, Any), [{ one: 1 }]);
    });
  },
  limits,
);
