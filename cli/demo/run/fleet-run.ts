import type { Fleet } from '../fleet/demo-function.js';
import { scaleFor } from '../fleet/expected-rate.js';
import { type ExportRequest, encodeRequests } from '../send/encode-requests.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import { simulateMinute } from '../simulate/simulate-minute.js';
import { createWorld, type World } from '../simulate/world.js';
import type { FleetReport } from './fleet-report.js';
import type { IncidentBook } from './incident-book.js';
import type { SendResult } from './send-request.js';

export const minuteMs = 60_000;
/** A request of the live fleet holds what came since the last one; of a back-fill, as much as fits well. */
const liveMaxSpans = 2_000;
const backfillMaxSpans = 2_000;
/** Runs collected before a part of the back-fill is encoded and sent. */
const backfillChunk = 3_000;
const concurrentSends = 3;
const tickMs = 1_000;

export type FleetPlan = {
  fleet: Fleet;
  seed: number;
  ratePerSecond: number;
  /** Demo time begins here; it runs `speed` times as fast as the clock until it has caught up with it. */
  startMs: number;
  speed: number;
  /** History before startMs. */
  backfillMs: number;
  /** Goes on after the back-fill. */
  isLive: boolean;
};

export type FleetDeps = {
  nowMs: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  send: (request: ExportRequest) => Promise<SendResult>;
  book: IncidentBook;
  report: FleetReport;
  /** Told, when live, that everything which was over before this minute has been sent. */
  onMinute: (minute: number) => Promise<void>;
};

/** The world as it is in [fromMinute, toMinute), with the incidents known by now. */
export function worldAt(plan: FleetPlan, book: IncidentBook, fromMinute: number, toMinute: number): World {
  const scale = scaleFor(plan.fleet, plan.ratePerSecond);
  const incidents = book.between(fromMinute, toMinute);
  return createWorld(plan.fleet, { seed: plan.seed, scale, incidents });
}

/** Sends history, newest first, then goes on with the present until told to stop. */
export async function runFleet(plan: FleetPlan, signal: AbortSignal, deps: FleetDeps): Promise<void> {
  const startMinute = Math.floor(plan.startMs / minuteMs);
  const fleet = new FleetRun(plan, signal, deps);
  await fleet.backfill(startMinute, Math.ceil(plan.backfillMs / minuteMs));
  if (plan.isLive) await fleet.live(startMinute);
}

class FleetRun {
  readonly #plan: FleetPlan;
  readonly #signal: AbortSignal;
  readonly #deps: FleetDeps;
  readonly #beganAtMs: number;
  /** Made, but not over yet. */
  #pending: DemoInvocation[] = [];

  constructor(plan: FleetPlan, signal: AbortSignal, deps: FleetDeps) {
    this.#plan = plan;
    this.#signal = signal;
    this.#deps = deps;
    this.#beganAtMs = deps.nowMs();
  }

  /** Minutes before `startMinute`, newest first, so that the pages fill from the present backwards. */
  async backfill(startMinute: number, minutes: number): Promise<void> {
    const { book, report } = this.#deps;
    report.backfillBegins(minutes);
    const nowMs = this.#deps.nowMs();
    let chunk: DemoInvocation[] = [];
    let sentFrom = startMinute;
    for (let minute = startMinute - 1; minute >= startMinute - minutes && !this.#signal.aborted; minute--) {
      for (const one of simulateMinute(worldAt(this.#plan, book, minute, minute + 1), minute)) {
        if (endMs(one) <= nowMs) chunk.push(one);
        else this.#pending.push(one);
      }
      if (chunk.length < backfillChunk && minute > startMinute - minutes) continue;
      await this.#send(chunk, backfillMaxSpans);
      report.backfilled(sentFrom - minute);
      sentFrom = minute;
      chunk = [];
    }
    report.backfillEnds();
  }

  async live(startMinute: number): Promise<void> {
    const { book, wait, onMinute } = this.#deps;
    let nextMinute = startMinute;
    while (!this.#signal.aborted) {
      const clockMs = this.#demoNowMs();
      const firstMinute = nextMinute;
      for (; nextMinute * minuteMs <= clockMs; nextMinute++) {
        const world = worldAt(this.#plan, book, nextMinute, nextMinute + 1);
        this.#pending.push(...simulateMinute(world, nextMinute));
        await this.#sendDue(clockMs);
      }
      if (nextMinute === firstMinute) await this.#sendDue(clockMs);
      else await onMinute(nextMinute - 1);
      await wait(tickMs, this.#signal);
    }
  }

  async #sendDue(clockMs: number): Promise<void> {
    const due: DemoInvocation[] = [];
    const later: DemoInvocation[] = [];
    for (const one of this.#pending) (endMs(one) <= clockMs ? due : later).push(one);
    this.#pending = later;
    await this.#send(due, liveMaxSpans);
  }

  async #send(invocations: readonly DemoInvocation[], maxSpans: number): Promise<void> {
    const { send, report } = this.#deps;
    const requests = encodeRequests(invocations, maxSpans);
    report.made(invocations.length);
    const next = async (): Promise<void> => {
      for (let request = requests.pop(); request !== undefined; request = requests.pop())
        report.sent(request, await send(request));
    };
    await Promise.all(Array.from({ length: concurrentSends }, next));
  }

  /** Demo time: ahead of the clock it may never run. */
  #demoNowMs(): number {
    const now = this.#deps.nowMs();
    const { speed, startMs } = this.#plan;
    return Math.min(now, startMs + (now - this.#beganAtMs) * speed);
  }
}

/** When its sender would have sent it, by the sender's clock where that is ahead. */
function endMs({ startUs, durationUs, skewUs }: DemoInvocation): number {
  return (startUs + durationUs + Math.max(0, skewUs)) / 1000;
}
