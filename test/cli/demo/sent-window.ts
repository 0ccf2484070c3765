import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { costOfFleet } from '../../../cli/demo/fleet/cost-settings.js';
import { cloudWatchPoints } from '../../../cli/demo/provider/cloudwatch-points.js';
import { ProviderBook, type ProviderCount } from '../../../cli/demo/provider/provider-book.js';
import { GrpcSender } from '../../../cli/demo/run/grpc-sender.js';
import { sendRequest } from '../../../cli/demo/run/send-request.js';
import { encodeRequests } from '../../../cli/demo/send/encode-requests.js';
import type { ExportRequest } from '../../../cli/demo/send/export-request.js';
import { encodeReports, isReported, reportSentUs } from '../../../cli/demo/send/lambda-reports.js';
import { encodeMetricStream } from '../../../cli/demo/send/metric-stream.js';
import type { DemoInvocation } from '../../../cli/demo/simulate/invocation.js';
import type { World } from '../../../cli/demo/simulate/world.js';
import { runsAround } from '../../../cli/demo/truth/truth-of.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { runIngest } from '../../ingest/support/running-ingest.js';
import { settlerUnderTest, shiftedClock, testRules } from '../../settle/settle-harness.js';
import { type AppUnderTest, startApp } from '../../support/app-under-test.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';

const maxSpans = 2000;
const hourMinutes = 60;
/** Reports later than this come after their run was settled without them. */
const lateUs = 100_000_000;
/** Spans of runs that began in these minutes of it come last, after their reports have stood in for them. */
const heldBack = { from: 20, to: 23 };
/** One request in so many is sent again byte for byte, and the spans of one run in so many again in another request. */
const repeated = { requests: 4, runs: 400 };
/** After so long runs at once are counted again. Twice that is about what its clock and the engine's may differ by. */
const countMs = 61_000;
const lookbackMs = 28 * 3_600_000;

export type SentWindow = {
  warehouse: Warehouse;
  app: AppUnderTest;
  /** Everything that began around it, by whatever clock. */
  runs: readonly DemoInvocation[];
  /** What the cloud counted in its minutes. */
  counts: readonly ProviderCount[];
  close: () => Promise<void>;
};

/** Sends everything a window of time of the shop leaves behind, as its senders would, and settles it on a clock set by hand. */
export async function sendWindow(
  world: World,
  window: { fromMinute: number; toMinute: number },
): Promise<SentWindow> {
  const runs = [...runsAround(world, window)];
  const opened = await openMigrated();
  const { warehouse } = opened;
  const [spool, outbox] = await Promise.all([tempDir(), tempDir()]);
  const insert: typeof warehouse.insertSegment = (segment, options) =>
    warehouse.insertSegment(segment, options);
  const settings = { cost: costOfFleet(Cost.parse({})) };
  const ingest = await runIngest(spool.path, insert, { config: settings });
  const app = await startApp(
    warehouse,
    () => new Date(),
    defaultTenant,
    () => ingest,
    settings,
  );
  const sender = senderTo(ingest);
  const rules = { ...testRules, reportGraceMs: 1, lookbackMs };
  const clock = shiftedClock();
  const { settler, tick } = settlerUnderTest(warehouse, outbox.path, clock, rules);
  const look = async () => {
    await stored(ingest);
    await tick();
  };
  const sweep = async () => {
    // Begun anew it sweeps at once; else it waits the longer, the slower this machine made its last sweep.
    settler.forget();
    clock.pass(countMs);
    await look();
  };

  const isHeldBack = ({ startUs }: DemoInvocation) => {
    const minute = startUs / 60e6 - window.fromMinute;
    return minute >= heldBack.from && minute < heldBack.to;
  };
  const isLate = (run: DemoInvocation) => reportSentUs(run) - run.startUs - run.durationUs > lateUs;
  const reports = runs.filter(isReported);
  await sender.send(
    encodeRequests(
      runs.filter((run) => !isHeldBack(run)),
      maxSpans,
    ),
  );
  await look();
  await sender.send(encodeReports(reports.filter((run) => !isLate(run))));
  await look();
  await sweep();
  await sender.send(encodeRequests(runs.filter(isHeldBack), maxSpans));
  await sender.send(encodeReports(reports.filter(isLate)));
  await sender.send(
    encodeRequests(
      runs.filter((_, index) => index % repeated.runs === 0),
      maxSpans,
    ),
  );
  const counts = countsIn(runs, window);
  for (let hour = window.fromMinute; hour < window.toMinute; hour += hourMinutes) {
    const own = counts.filter(({ minute }) => minute >= hour && minute < hour + hourMinutes);
    await sender.send([encodeMetricStream(own.flatMap(cloudWatchPoints), `hour-${hour}`)]);
  }
  await look();
  await sweep();
  return {
    warehouse,
    app,
    runs,
    counts,
    close: async () => {
      sender.close();
      await app.close();
      await ingest.stop(2000);
      await opened.close();
      await Promise.all([spool.remove(), outbox.remove()]);
    },
  };
}

function countsIn(
  runs: readonly DemoInvocation[],
  { fromMinute, toMinute }: { fromMinute: number; toMinute: number },
): ProviderCount[] {
  const book = new ProviderBook();
  for (const run of runs) book.add(run);
  const counts: ProviderCount[] = [];
  for (let minute = fromMinute; minute < toMinute; minute++) counts.push(...book.take(minute));
  return counts;
}

/** Every request has to be taken; some are sent twice, as clients do whose answer was lost. */
function senderTo(ingest: Ingest) {
  const { signal } = new AbortController();
  const deps = { fetch, wait: async (ms: number) => await pause(ms), nowMs: Date.now };
  const grpc = new GrpcSender({ url: ingest.grpcUrl, key: null }, deps);
  let sent = 0;
  const one = async (request: ExportRequest) => {
    const result =
      request.by === 'grpc'
        ? await grpc.send(request, signal)
        : await sendRequest({ url: ingest.url, key: null }, request, signal, deps);
    assert.deepEqual(result, { kind: 'stored', rejectedItems: 0 }, request.sender);
  };
  return {
    send: async (requests: readonly ExportRequest[]) => {
      for (const request of requests) {
        await one(request);
        sent += 1;
        if (sent % repeated.requests === 0) await one(request);
      }
    },
    close: () => grpc.close(),
  };
}

/** Inserted, with everything that views make of it. */
async function stored(ingest: Ingest): Promise<void> {
  await waitUntil('everything is stored', async () => ingest.stats().spool.oldestAgeMs === null, 30_000);
}
