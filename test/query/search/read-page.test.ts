import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCursor, printCursor } from '../../../query/search/cursor.js';
import { idSliceMs } from '../../../query/search/first-slice.js';
import { firstCursor, type Ordered, type ReadSlice, readPage } from '../../../query/search/read-page.js';
import { WarehouseError } from '../../../warehouse/warehouse-error.js';

const fromMs = Date.UTC(2026, 10, 1);
const toMs = fromMs + 86_400_000;
const window = { from: new Date(fromMs), to: new Date(toMs) };

/** A table in memory that answers a slice as the SQL does. */
function sliceOf(table: readonly Ordered[]): ReadSlice<Ordered> {
  return async ({ sliceFrom, sliceTo, atNs, tie, limit }) => {
    const inSlice = table.filter(({ at_ns }) => {
      const at = BigInt(at_ns) / 1_000_000n;
      return at >= BigInt(sliceFrom.getTime()) && at < BigInt(sliceTo.getTime());
    });
    const later = inSlice.filter(
      (row) => BigInt(row.at_ns) < BigInt(atNs) || (row.at_ns === atNs && BigInt(row.tie) < BigInt(tie)),
    );
    return later.toSorted(newestFirst).slice(0, limit);
  };
}

function newestFirst(one: Ordered, other: Ordered): number {
  if (one.at_ns !== other.at_ns) return BigInt(one.at_ns) < BigInt(other.at_ns) ? 1 : -1;
  return BigInt(one.tie) < BigInt(other.tie) ? 1 : -1;
}

const rows = fc.uniqueArray(
  fc.record({
    // Few instants, so that many rows share one.
    at_ns: fc.integer({ min: 0, max: 40 }).map((n) => `${BigInt(fromMs + n * 2_100_000) * 1_000_000n}`),
    tie: fc.integer({ min: 1, max: 1000 }).map(String),
  }),
  { selector: (row) => `${row.at_ns} ${row.tie}`, maxLength: 120 },
);

const limits = fc.integer({ min: 1, max: 30 });
const firstSlices = fc.constantFrom(undefined, 60_000, idSliceMs);

test('pages follow each other without skipping or repeating a row, whatever arrives meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, limits, firstSlices, async (stored, arriving, limit, firstSliceMs) => {
      const known = new Set(stored.map((row) => `${row.at_ns} ${row.tie}`));
      const late = arriving.filter((row) => !known.has(`${row.at_ns} ${row.tie}`));
      const table = [...stored];
      const seen: Ordered[] = [];
      let cursor = firstCursor(window);
      for (let page = 0; page < 200; page += 1) {
        const request = { cursor, limit, budgetMs: 1e9, nowMs: () => 0, firstSliceMs };
        const answer = await readPage(sliceOf(table), request);
        assert.ok(answer.rows.length <= limit);
        seen.push(...answer.rows);
        if (answer.next === null) break;
        cursor = parseCursor(printCursor(answer.next)) ?? assert.fail();
        const arrived = late.pop();
        if (arrived !== undefined) table.push(arrived);
      }
      assert.deepEqual(seen, seen.toSorted(newestFirst));
      assert.equal(new Set(seen.map((row) => `${row.at_ns} ${row.tie}`)).size, seen.length);
      const seenKeys = new Set(seen.map((row) => `${row.at_ns} ${row.tie}`));
      for (const key of known) assert.ok(seenKeys.has(key), `skipped ${key}`);
    }),
    { numRuns: 60 },
  );
});

test('when the time is up the page is partial, and its cursor goes on to the very same rows', async () => {
  const table = Array.from({ length: 50 }, (_, index) => ({
    at_ns: `${BigInt(fromMs + index * 1_700_000) * 1_000_000n}`,
    tie: '7',
  }));
  let clockMs = 0;
  const slow: ReadSlice<Ordered> = async (question, options) => {
    clockMs += 400;
    return await sliceOf(table)(question, options);
  };
  const seen: Ordered[] = [];
  let partials = 0;
  let cursor = firstCursor(window);
  for (let page = 0; page < 50; page += 1) {
    const answer = await readPage(slow, { cursor, limit: 100, budgetMs: 1000, nowMs: () => clockMs });
    seen.push(...answer.rows);
    if (answer.isPartial) partials += 1;
    if (answer.next === null) break;
    cursor = answer.next;
  }
  assert.deepEqual(seen, table.toReversed());
  assert.ok(partials > 0);
});

test('where the engine is busy the first slice is waited for, and a later one ends the page', async () => {
  const budgetMs = 5_000;
  const given: number[] = [];
  const busy: ReadSlice<Ordered> = async (_question, { timeoutMs }) => {
    given.push(timeoutMs ?? 0);
    if (given.length === 1) return [];
    throw new WarehouseError('overloaded', 'no turn');
  };
  const page = await readPage(busy, { cursor: firstCursor(window), limit: 10, budgetMs, nowMs: () => 0 });
  assert.equal(page.isPartial, true);
  assert.notEqual(page.next, null);
  assert.deepEqual(given, [3 * budgetMs, budgetMs]);
});

test('a limit of the engine ends a page that has begun, and refuses one that cannot begin', async () => {
  const limit = new WarehouseError('resource-limit', 'too much');
  const always: ReadSlice<Ordered> = async () => {
    throw limit;
  };
  const request = { cursor: firstCursor(window), limit: 10, budgetMs: 1000, nowMs: () => 0 };
  await assert.rejects(readPage(always, request), limit);
  const row = { at_ns: `${BigInt(toMs - 1000) * 1_000_000n}`, tie: '1' };
  let calls = 0;
  const afterFirst: ReadSlice<Ordered> = async () => {
    calls += 1;
    if (calls > 1) throw limit;
    return [row];
  };
  const answer = await readPage(afterFirst, request);
  assert.deepEqual([answer.rows, answer.isPartial], [[row], true]);
  assert.notEqual(answer.next, null);
});

for (const text of [
  '',
  'abc',
  Buffer.from('[1,2,"x","y"]').toString('base64url'),
  Buffer.from('{}').toString('base64url'),
])
  test(`"${text}" is no cursor`, () => assert.equal(parseCursor(text), null));
