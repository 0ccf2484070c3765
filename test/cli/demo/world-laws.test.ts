import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expectedPerMinute, scaleFor } from '../../../cli/demo/fleet/expected-rate.js';
import { rhythmFactor } from '../../../cli/demo/fleet/rhythm.js';
import { shop } from '../../../cli/demo/fleet/shop.js';
import { incidents } from '../../../cli/demo/incidents/catalog.js';
import { scheduledRuns } from '../../../cli/demo/incidents/schedule.js';
import { simulateMinute } from '../../../cli/demo/simulate/simulate-minute.js';
import { echoMinutes, truthLines, truthOf } from '../../../cli/demo/truth/truth-of.js';
import { incidentAt, shopWorld } from './demo-world.js';

/** Thursday, 19 November 2026, 18:00 UTC. */
const evening = Date.UTC(2026, 10, 19, 18) / 60_000;
const minuteUs = 60_000_000;

test('fleet: about forty functions of six teams on every platform, callers before the called', () => {
  const names = shop.functions.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.equal(names.length, 40);
  assert.equal(new Set(shop.functions.map(({ team }) => team)).size, 6);
  assert.equal(new Set(shop.functions.map(({ sender }) => sender)).size, 10);
  for (const { name, calls, regions, versions } of shop.functions) {
    for (const { to } of calls) assert.ok(names.indexOf(to) > names.indexOf(name), `${name} calls ${to}`);
    for (const shares of [regions, versions]) {
      const sum = shares.reduce((total, { share }) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-9, `the shares of ${name} add up to ${sum}`);
    }
  }
});

test('truth: the same seed gives the same bytes, another seed other ones', () => {
  const question = { fromMinute: evening, toMinute: evening + 5, rowMinutes: 1, byVersion: true };
  const lines = (seed: number) => truthLines(truthOf(shopWorld(seed, 5), question));
  assert.ok(lines(1).length > 10_000);
  assert.equal(lines(1), lines(1));
  assert.notEqual(lines(1), lines(2));
});

test('simulate: any minute is the same whatever was made before it', () => {
  const world = shopWorld(3, 2, [incidentAt('retry-storm', evening)]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 }), (order) => {
      const last = order.at(-1) ?? 0;
      for (const at of order) simulateMinute(world, evening + at);
      const again = simulateMinute(shopWorld(3, 2, [incidentAt('retry-storm', evening)]), evening + last);
      assert.deepEqual(simulateMinute(world, evening + last), again);
    }),
    { numRuns: 12 },
  );
});

test('simulate: the truth of a window is the truth of its parts, wherever it is cut', () => {
  const world = shopWorld(5, 3);
  const rows = (fromMinute: number, toMinute: number) =>
    truthOf(world, { fromMinute, toMinute, rowMinutes: 1, byVersion: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), (cut) => {
      assert.deepEqual(
        [...rows(evening, evening + cut), ...rows(evening + cut, evening + 6)],
        rows(evening, evening + 6),
      );
    }),
    { numRuns: 4 },
  );
});

test('simulate: what comes of a minute begins soon enough for the truth to find it', () => {
  const world = shopWorld(1, 20, [incidentAt('retry-storm', evening), incidentAt('dlq-growth', evening)]);
  for (let minute = evening; minute < evening + 30; minute++) {
    for (const {
      startUs,
      function: { name },
    } of simulateMinute(world, minute)) {
      assert.ok(startUs >= minute * minuteUs, name);
      assert.ok(startUs < (minute + echoMinutes) * minuteUs, name);
    }
  }
});

test('simulate: the rate is the asked one over a week, and follows the day', () => {
  for (const rate of [1, 20, 50_000]) {
    let sum = 0;
    for (const perMinute of expectedPerMinute(shop, scaleFor(shop, rate)).values()) sum += perMinute;
    assert.ok(Math.abs(sum / 60 - rate) < rate * 1e-9, `${sum / 60} a second instead of ${rate}`);
  }
  const week = Array.from({ length: 7 * 1440 }, (_, minute) => rhythmFactor('shoppers', evening + minute));
  assert.ok(Math.abs(week.reduce((a, b) => a + b) / week.length - 1) < 0.01);
  const world = shopWorld(1, 30);
  const made = (fromMinute: number) => {
    let runs = 0;
    for (let minute = fromMinute; minute < fromMinute + 20; minute++)
      runs += simulateMinute(world, minute).length;
    return runs;
  };
  const night = evening - 15 * 60;
  assert.ok(made(evening) > 3 * made(night), 'evenings are busier than nights');
});

test('incidents: one changes its own functions and those around them, and no others', () => {
  const quiet = shopWorld(1, 10);
  const others = (name: string) => !['product-chat', 'embed-text'].includes(name);
  const disturbed = shopWorld(1, 10, [incidentAt('memory-leak', evening - 120)]);
  const runs = simulateMinute(disturbed, evening);
  const usual = simulateMinute(quiet, evening);
  assert.deepEqual(
    runs.filter((run) => others(run.function.name)),
    usual.filter((run) => others(run.function.name)),
  );
  assert.notDeepEqual(runs, usual);
});

test('incidents: outside its time an incident changes nothing', () => {
  for (const { name, durationMinutes } of incidents) {
    const over = shopWorld(1, 5, [incidentAt(name, evening - durationMinutes)]);
    assert.deepEqual(simulateMinute(over, evening), simulateMinute(shopWorld(1, 5), evening), name);
  }
});

const counted = (name: string, minutes: number, rate = 30) => {
  const start = evening;
  const { endMinute } = incidentAt(name, start);
  const world = shopWorld(2, rate, [incidentAt(name, start)]);
  return truthOf(world, {
    fromMinute: endMinute - minutes,
    toMinute: endMinute,
    rowMinutes: minutes,
    byVersion: true,
  });
};
const rowsOf = (rows: ReturnType<typeof counted>, name: string) =>
  rows.filter((row) => row.function === name);
const sum = (rows: ReturnType<typeof counted>, of: (row: (typeof rows)[number]) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

const effects: readonly {
  name: string;
  promise: string;
  holds: (rows: ReturnType<typeof counted>) => boolean;
}[] = [
  {
    name: 'bad-deploy',
    promise: 'only version 43 in us-east-1 fails, and it fails a lot',
    holds: (rows) => {
      const [bad] = rowsOf(rows, 'checkout-api').filter(({ version }) => version === '43');
      const good = rowsOf(rows, 'checkout-api').filter(({ region }) => region === 'eu-central-1');
      if (bad === undefined || bad.region !== 'us-east-1') return false;
      return bad.outcomes.error > bad.invocations * 0.2 && sum(good, (r) => r.outcomes.error) < 5;
    },
  },
  {
    name: 'slow-dependency',
    promise: 'payments take longer than a second, some end at the limit',
    holds: (rows) => {
      const paid = rowsOf(rows, 'payments-authorize');
      return (
        paid.every(({ duration }) => (duration?.p50Us ?? 0) > 1e6) && sum(paid, (r) => r.outcomes.timeout) > 0
      );
    },
  },
  {
    name: 'cold-start-storm',
    promise: 'most runs of cart-api are cold',
    holds: (rows) =>
      sum(rowsOf(rows, 'cart-api'), (r) => r.coldStarts) >
      0.7 * sum(rowsOf(rows, 'cart-api'), (r) => r.invocations),
  },
  {
    name: 'retry-storm',
    promise: 'more attempts than events, and events given up',
    holds: (rows) =>
      sum(rowsOf(rows, 'image-resize'), (r) => r.retries) >
        sum(rowsOf(rows, 'image-resize'), (r) => r.invocations) / 2 &&
      sum(rowsOf(rows, 'image-resize'), (r) => r.deadLetters) > 0,
  },
  {
    name: 'dlq-growth',
    promise: 'nearly every order ends in the dead-letter queue',
    holds: (rows) =>
      sum(rowsOf(rows, 'orders-to-lake'), (r) => r.deadLetters) >
      0.25 * sum(rowsOf(rows, 'orders-to-lake'), (r) => r.invocations),
  },
  {
    name: 'throttling',
    promise: 'a fifth of the calls of fraud-score is refused, unseen by traces',
    holds: (rows) => {
      const scored = rowsOf(rows, 'fraud-score');
      const throttled = sum(scored, (r) => r.outcomes.throttled);
      return (
        throttled > 0.1 * sum(scored, (r) => r.invocations) &&
        sum(scored, (r) => r.shown.invocations) <= sum(scored, (r) => r.invocations) - throttled + 5
      );
    },
  },
  {
    name: 'credential-rotation',
    promise: 'no mail leaves',
    holds: (rows) =>
      sum(rowsOf(rows, 'notify-email'), (r) => r.outcomes.ok) <
      0.1 * sum(rowsOf(rows, 'notify-email'), (r) => r.invocations),
  },
  {
    name: 'memory-leak',
    promise: 'product-chat runs out of memory',
    holds: (rows) => sum(rowsOf(rows, 'product-chat'), (r) => r.outcomes.oom) > 0,
  },
  {
    name: 'silent-function',
    promise: 'sessions-rollup does not run at all',
    holds: (rows) => rowsOf(rows, 'sessions-rollup').length === 0 && rows.length > 30,
  },
  {
    name: 'lost-telemetry',
    promise: 'half of cart-api is lost, and none of it failed',
    holds: (rows) => {
      const carts = rowsOf(rows, 'cart-api');
      const lost = sum(carts, (r) => r.lost) / sum(carts, (r) => r.invocations);
      return (
        lost > 0.4 && lost < 0.6 && sum(carts, (r) => r.outcomes.ok) > 0.99 * sum(carts, (r) => r.invocations)
      );
    },
  },
  {
    name: 'event-storm',
    promise: 'clickstream-collect is busier than everything else',
    holds: (rows) => {
      const busiest = [...rows].sort((a, b) => b.invocations - a.invocations)[0];
      return busiest?.function === 'clickstream-collect';
    },
  },
  {
    name: 'latency-regression',
    promise: 'catalogue-api is three times as slow at the end',
    holds: (rows) => rowsOf(rows, 'catalogue-api').every(({ duration }) => (duration?.p50Us ?? 0) > 55_000),
  },
  {
    name: 'harmless-noise',
    promise: 'gdpr-erase stays rare',
    holds: (rows) => sum(rowsOf(rows, 'gdpr-erase'), (r) => r.invocations) < 5,
  },
];
test('incidents: every one has an effect table row', () => {
  assert.deepEqual(effects.map(({ name }) => name).sort(), incidents.map(({ name }) => name).sort());
});
for (const { name, promise, holds } of effects) {
  test(`incidents: ${name}: ${promise}`, () => {
    assert.ok(holds(counted(name, 20)));
  });
}

test('incidents: each one comes by itself within four weeks', () => {
  const names = new Set(scheduledRuns(evening, evening + 28 * 1440).map(({ incident }) => incident.name));
  assert.deepEqual([...names].sort(), incidents.map(({ name }) => name).sort());
});
