import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import type { Params } from '../../warehouse/warehouse.js';
import { inEveryMode } from '../support/in-every-mode.js';

/** Text with what quoting gets wrong first: quotes, backslashes, braces, line ends, NUL, astral characters. */
const awkward = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      '`',
      '\\',
      '\n',
      '\r',
      '\t',
      '\0',
      '\b',
      '\f',
      '{',
      '}',
      '%',
      'N',
      'é',
      '😀',
    ),
  }),
  fc.string({ unit: 'grapheme' }),
);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
/** DateTime64 holds 1900 to 2299. */
const instant = fc.date({ min: new Date('1900-01-01'), max: new Date('2299-12-31'), noInvalidDate: true });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

const runs = { numRuns: 40 };

inEveryMode('parameters', (warehouse) => {
  async function echo<Row>(sql: string, params: Params, row: z.ZodType<Row>): Promise<Row> {
    const [first] = await warehouse().query(sql, params, row);
    assert.ok(first !== undefined);
    return first;
  }

  test('text comes out as it went in, alone, in a list and in a list of lists', async () => {
    const sql = `SELECT {one: String} AS one, {many: Array(String)} AS many, {deep: Array(Array(String))} AS deep`;
    const Row = z.object({ one: z.string(), many: z.array(z.string()), deep: z.array(z.array(z.string())) });
    const law = fc.asyncProperty(
      awkward,
      fc.array(awkward),
      fc.array(fc.array(awkward)),
      async (one, many, deep) => {
        assert.deepEqual(await echo(sql, { one, many, deep }, Row), { one, many, deep });
      },
    );
    await fc.assert(law, runs);
  });

  test('absence is not the text that stands for it', async () => {
    const sql = `SELECT {one: Nullable(String)} AS one, {many: Array(Nullable(String))} AS many`;
    const Row = z.object({ one: z.string().nullable(), many: z.array(z.string().nullable()) });
    const maybe = fc.oneof(fc.constantFrom(null, 'NULL', '\\N', 'null', ''), awkward);
    const law = fc.asyncProperty(maybe, fc.array(maybe), async (one, many) => {
      assert.deepEqual(await echo(sql, { one, many }, Row), { one, many });
    });
    await fc.assert(law, runs);
  });

  test('64-bit numbers keep every digit', async () => {
    const sql = `SELECT {one: Int64} AS one, {many: Array(Int64)} AS many`;
    const Row = z.object({ one: z.coerce.bigint(), many: z.array(z.coerce.bigint()) });
    const law = fc.asyncProperty(int64, fc.array(int64), async (one, many) => {
      assert.deepEqual(await echo(sql, { one, many }, Row), { one, many });
    });
    await fc.assert(law, runs);
  });

  test('floating-point numbers and truth values come out as they went in', async () => {
    const sql = `SELECT reinterpretAsUInt64({x: Float64}) = reinterpretAsUInt64({list: Array(Float64)}[1]) AS same,
      {x: Float64} AS x, {yes: Bool} AS yes, {flags: Array(Bool)} AS flags`;
    const Row = z.object({
      same: z.literal(1),
      x: z.number(),
      yes: z.boolean(),
      flags: z.array(z.boolean()),
    });
    const law = fc.asyncProperty(finite, fc.boolean(), fc.array(fc.boolean()), async (x, yes, flags) => {
      const answer = await echo(sql, { x, list: [x], yes, flags }, Row);
      assert.ok(answer.x === x, `${x} came out as ${answer.x}`);
      assert.deepEqual([answer.yes, answer.flags], [yes, flags]);
    });
    await fc.assert(law, runs);
  });

  test('instants keep their milliseconds', async () => {
    const sql = `SELECT toUnixTimestamp64Milli({at: DateTime64(3)}) AS at,
      arrayMap(t -> toUnixTimestamp64Milli(t), {all: Array(DateTime64(3))}) AS all`;
    const Row = z.object({ at: z.coerce.number(), all: z.array(z.coerce.number()) });
    const law = fc.asyncProperty(instant, fc.array(instant), async (at, all) => {
      const expected = { at: at.getTime(), all: all.map((one) => one.getTime()) };
      assert.deepEqual(await echo(sql, { at, all }, Row), expected);
    });
    await fc.assert(law, runs);
  });

  test('special numbers arrive as themselves', async () => {
    const sql =
      'SELECT isNaN({nan: Float64}) AS nan, {up: Float64} > 1e308 AS up, {down: Float64} < -1e308 AS down';
    const Row = z.object({ nan: z.literal(1), up: z.literal(1), down: z.literal(1) });
    await echo(sql, { nan: Number.NaN, up: Number.POSITIVE_INFINITY, down: Number.NEGATIVE_INFINITY }, Row);
    assert.ok(true, 'the row fitted');
  });

  test('ten thousand values fit', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => BigInt(index) * 10n ** 10n);
    const sql = 'SELECT length({ids: Array(UInt64)}) AS n';
    assert.deepEqual(await echo(sql, { ids }, z.object({ n: z.coerce.number() })), { n: 10_000 });
  });
});
