import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { concurrencyMax } from '../../../../cli/demo/provider/concurrency-max.js';
import { differing } from '../differing.js';
import { type MadeHistory, makeHistory, toMinute } from './made-history.js';

let opened: MadeHistory['opened'];
let truth: MadeHistory['truth'];

before(async () => {
  // The process ends after the levels were made and before that is written down.
  ({ opened, truth } = await makeHistory([5]));
});
after(() => opened.close());

const Run = z.object({ function: z.string(), startUs: z.coerce.number(), endUs: z.coerce.number() });
const Level = z.object({ function: z.string(), minute: z.coerce.number(), most: z.number() });
test('the most runs at once of each minute are those of the runs that are told', async () => {
  const runs = await opened.warehouse.query(
    `SELECT function, toUnixTimestamp64Micro(started_at) AS startUs, startUs + intDiv(duration_ns, 1000) AS endUs FROM invocations`,
    {},
    Run,
  );
  const byMinute = new Map<string, { startUs: number; endUs: number }[]>();
  for (const { function: name, startUs, endUs } of runs)
    for (let minute = Math.floor(startUs / 60e6); minute <= Math.floor((endUs - 1) / 60e6); minute++) {
      if (minute >= toMinute) continue;
      byMinute.set(`${name} ${minute}`, [...(byMinute.get(`${name} ${minute}`) ?? []), { startUs, endUs }]);
    }
  const expected = [...byMinute].map(([key, intervals]): [string, number] => {
    const minute = Number(key.split(' ')[1]);
    return [key, concurrencyMax(intervals, { startUs: minute * 60e6, endUs: (minute + 1) * 60e6 })];
  });
  const levels = await opened.warehouse.query(
    `SELECT function, intDiv(toUnixTimestamp(minute), 60) AS minute, running_max AS most FROM concurrency_1m`,
    {},
    Level,
  );
  const told = new Map(levels.map((row) => [`${row.function} ${row.minute}`, row.most]));
  assert.deepEqual(differing(told, new Map(expected)), []);
  assert.ok(levels.length > 1000 && levels.some(({ most }) => most > 3));
});

test('the cloud tells more runs at once than telemetry where some of it is lost', async () => {
  const [row] = await opened.warehouse.query(
    // Two regions are each told at their own highest.
    `SELECT countIf(value >= o.running_max) AS least, countIf(value > o.running_max) AS more, count() AS minutes
     FROM (SELECT function, minute, sum(c.value) AS value FROM provider_counts AS c
       WHERE c.metric = 'concurrent_executions' AND c.function IN ('order-events', 'cart-api') GROUP BY ALL) AS told
     INNER JOIN concurrency_1m AS o ON o.function = told.function AND o.minute = told.minute`,
    {},
    z.object({ least: z.coerce.number(), more: z.coerce.number(), minutes: z.coerce.number() }),
  );
  assert.ok(row !== undefined && row.minutes > 30);
  assert.equal(row.least, row.minutes);
  assert.ok(row.more > 0);
});

const Depth = z.object({ queue: z.string(), at: z.string(), depth: z.number() });
test('a queue of dead letters is as deep at the end of an hour as events were given up in it', async () => {
  const rows = await opened.warehouse.query(
    `SELECT queue, formatDateTime(toStartOfHour(minute), '%Y-%m-%dT%H:00:00Z') AS at, sum(most) AS depth
     FROM (SELECT queue, minute, series, max(figure) AS most FROM queue_depths WHERE measure = 'depth' AND endsWith(queue, '-dlq') GROUP BY ALL
       ORDER BY minute DESC LIMIT 1 BY queue, series, toStartOfHour(minute))
     GROUP BY ALL`,
    {},
    Depth,
  );
  const expected = new Map<string, number>();
  for (const { function: name, at, deadLetters } of truth) {
    const key = `${name}-dlq ${at}`;
    if (rows.some((row) => `${row.queue} ${row.at}` === key))
      expected.set(key, (expected.get(key) ?? 0) + deadLetters);
  }
  assert.deepEqual(
    differing(new Map(rows.map(({ queue, at, depth }) => [`${queue} ${at}`, depth])), expected),
    [],
  );
  assert.ok(rows.some(({ depth }) => depth > 0));
});
