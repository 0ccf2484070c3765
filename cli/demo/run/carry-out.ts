import { setTimeout as pause } from 'node:timers/promises';
import { shop } from '../fleet/shop.js';
import { findIncident } from '../incidents/catalog.js';
import { startIncident } from '../incidents/schedule.js';
import type { FleetOrder } from './fleet-order.js';
import type { FleetReport } from './fleet-report.js';
import { type FleetPlan, minuteMs, runFleet } from './fleet-run.js';
import { GrpcSender } from './grpc-sender.js';
import type { IncidentBook } from './incident-book.js';
import { sendRequest } from './send-request.js';
import { TruthWriter } from './write-truth.js';

const longestRunMinutes = 3;

/** Runs the fleet over real HTTP, with the clock on the wall, until told to stop or done. */
export async function carryOut(
  order: FleetOrder,
  { book, report, signal }: { book: IncidentBook; report: FleetReport; signal: AbortSignal },
): Promise<void> {
  for (const { name, startMinute } of order.incidents) askFor(book, name, startMinute);
  const { seed, ratePerSecond, speed, startMs, backfillMs, isLive, truthDir, url, grpcUrl, key } = order;
  const plan: FleetPlan = { fleet: shop, seed, ratePerSecond, speed, startMs, backfillMs, isLive };
  const truth = truthDir === null ? null : new TruthWriter(truthDir, plan, book);
  const grpc = grpcUrl === null ? null : new GrpcSender({ url: grpcUrl, key }, { wait, nowMs: Date.now });
  let reachedMinute = Math.floor(startMs / minuteMs);
  await runFleet(plan, signal, {
    nowMs: Date.now,
    wait,
    send: (request) =>
      grpc !== null && request.by === 'grpc'
        ? grpc.send(request, signal)
        : sendRequest({ url, key }, request, signal, { fetch, wait }),
    book,
    report,
    onMinute: async (minute) => {
      reachedMinute = minute;
      await truth?.write(minute, false);
    },
  });
  grpc?.close();
  // Runs that were under way when the fleet was stopped were never sent, so the truth ends before them.
  await truth?.write(isLive ? reachedMinute - longestRunMinutes : reachedMinute, true);
}

/** Does nothing for a name nobody knows: whoever asks has been told before. */
export function askFor(book: IncidentBook, name: string, startMinute: number): void {
  const incident = findIncident(name);
  if (incident !== null) book.add(startIncident(incident, startMinute));
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  // Waiting ends early when the fleet is told to stop, which is no failure.
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
