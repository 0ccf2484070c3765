import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shop } from '../../../../cli/demo/fleet/shop.js';
import { FleetReport } from '../../../../cli/demo/run/fleet-report.js';
import { type FleetPlan, runFleet } from '../../../../cli/demo/run/fleet-run.js';
import { IncidentBook } from '../../../../cli/demo/run/incident-book.js';
import type { SendResult } from '../../../../cli/demo/run/send-request.js';
import type { ExportRequest } from '../../../../cli/demo/send/export-request.js';
import { Resources, spansOf } from '../../../../cli/demo/send/spans-of.js';
import { runsAround } from '../../../../cli/demo/truth/truth-of.js';
import { shopWorld } from '../demo-world.js';

const startMs = Date.UTC(2026, 10, 19, 18, 0, 20);
const startMinute = Math.floor(startMs / 60_000);
const plan: FleetPlan = {
  fleet: shop,
  seed: 4,
  ratePerSecond: 2,
  startMs,
  speed: 1,
  backfillMs: 10 * 60_000,
  isLive: true,
};

/** Plays the fleet on a clock that moves only when the fleet waits; answers what was sent, and when. */
async function play(
  changes: Partial<FleetPlan>,
  untilMs: number,
  answer: () => SendResult = stored,
  { clockMs: beganMs, sendMs } = { clockMs: startMs, sendMs: 0 },
) {
  const stop = new AbortController();
  const report = new FleetReport();
  const sent: { atMs: number; request: ExportRequest }[] = [];
  let clockMs = beganMs;
  await runFleet({ ...plan, ...changes }, stop.signal, {
    nowMs: () => clockMs,
    wait: async (ms) => {
      clockMs += ms;
      if (clockMs > untilMs) stop.abort();
    },
    send: async (request) => {
      sent.push({ atMs: clockMs, request });
      clockMs += sendMs;
      return answer();
    },
    book: new IncidentBook(),
    report,
    onMinute: async () => undefined,
  });
  return { sent, figures: report.figures };
}

function stored(): SendResult {
  return { kind: 'stored', rejectedItems: 0 };
}

test('fleet: history and present together hold every run once, sent when it is over', async () => {
  const { sent, figures } = await play({}, startMs + 15 * 60_000);
  const traces = sent.filter(({ request }) => request.signal === 'traces').map(({ request }) => request);
  // One in forty is sent twice.
  const spans = [...new Set(traces)].reduce((sum, { items }) => sum + items, 0);
  const endMinute = startMinute + 15;
  const world = shopWorld(4, 2);
  const from = { fromMinute: startMinute - 10, toMinute: endMinute, bornMinute: startMinute - 10 };
  let expected = 0;
  for (const run of runsAround(world, from)) {
    const endMs = (run.startUs + run.durationUs + Math.max(0, run.skewUs)) / 1000;
    if (endMs <= startMs + 15 * 60_000) expected += spansOf(run, new Resources()).length;
  }
  assert.ok(spans > 3_000);
  assert.equal(spans, expected);
  assert.equal(figures.spans, spans);
  assert.equal(figures.repeatedRequests, sent.length - new Set(sent.map(({ request }) => request)).size);
  assert.ok(figures.repeatedRequests > 0);
  assert.deepEqual(figures.backfill, { minutes: 10, doneMinutes: 10, isRunning: false });
  assert.equal(new Set(traces.map(({ sender }) => sender)).size, 10);
  assert.deepEqual(new Set(traces.map(({ contentType }) => contentType)).size, 2);
  assert.deepEqual(new Set(sent.map(({ request }) => request.by)), new Set(['http', 'grpc', 'firehose']));
});

test('fleet: faster than time it catches up, then goes with the clock', async () => {
  const untilMs = startMs + 60_000;
  const slow = await play({ backfillMs: 0, startMs: startMs - 600_000, speed: 1 }, untilMs);
  const fast = await play({ backfillMs: 0, startMs: startMs - 600_000, speed: 20 }, untilMs);
  const caughtUp = await play({ backfillMs: 0, startMs: startMs - 600_000, speed: 10_000 }, untilMs);
  assert.ok(fast.figures.spans > 5 * slow.figures.spans);
  assert.equal(caughtUp.figures.spans, fast.figures.spans);
});

test('fleet: what is too much at once is made in parts, each sent when its minute is over; it says how far behind it is', async () => {
  const nightMs = Date.UTC(2026, 10, 22, 3, 0, 0);
  const much = { backfillMs: 0, startMs: nightMs, ratePerSecond: 1_001 };
  const start = { clockMs: nightMs, sendMs: 0 };
  const early = await play(much, nightMs + 59_000, stored, start);
  assert.equal(early.figures.invocations, 0);
  // A receiver that takes five seconds for a request.
  const slow = await play(much, nightMs + 63_000, stored, { ...start, sendMs: 5_000 });
  assert.ok(slow.figures.invocations > 5_000, `${slow.figures.invocations}`);
  assert.ok(slow.figures.behindMs > 30_000, `${slow.figures.behindMs}`);
});

test('fleet: what is on its way when it is told to stop has not failed', async () => {
  const stop = new AbortController();
  const report = new FleetReport();
  let sent = 0;
  await runFleet(plan, stop.signal, {
    nowMs: () => startMs,
    wait: async () => undefined,
    send: async () => {
      sent += 1;
      if (sent < 3) return stored();
      stop.abort();
      return { kind: 'unreachable', message: 'the fleet was told to stop' };
    },
    book: new IncidentBook(),
    report,
    onMinute: async () => undefined,
  });
  assert.equal(report.figures.failedRequests, 0);
  assert.equal(report.figures.lastFailure, null);
  assert.ok(sent < 8, `${sent}`);
});

test('fleet: history alone ends by itself', async () => {
  const { figures } = await play({ isLive: false }, startMs);
  assert.ok(figures.spans > 1_000);
  assert.equal(figures.backfill.isRunning, false);
});

test('fleet: what a receiver refuses is counted and said', async () => {
  const { figures } = await play({ isLive: false }, startMs, () => ({
    kind: 'refused',
    status: 401,
    message: 'An API key is needed',
  }));
  assert.equal(figures.spans, 0);
  assert.ok(figures.failedRequests > 0);
  assert.equal(figures.lastFailure, '401: An API key is needed');
});
