import type { Fleet } from '../fleet/demo-function.js';
import { ProviderStream } from '../provider/provider-stream.js';
import type { ExportRequest } from '../send/export-request.js';
import { simulateMinute } from '../simulate/simulate-minute.js';
import { echoMinutes } from '../truth/truth-of.js';
import type { FleetReport } from './fleet-report.js';
import type { IncidentBook } from './incident-book.js';
import { Outbox } from './outbox.js';
import type { SendResult } from './send-request.js';
import { partsOf, worldsAt } from './worlds-at.js';

export const minuteMs = 60_000;
/** Runs collected before a part of the back-fill is encoded and sent. */
const backfillChunk = 3_000;
const concurrentSends = 3;
/** Clients whose answer was lost send again. */
const repeatEvery = 40;
/** SDKs send every five seconds by default; a shorter step keeps the pages alive. */
const tickMs = 2_000;

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
  readonly #outbox: Outbox;
  #requests = 0;

  constructor(plan: FleetPlan, signal: AbortSignal, deps: FleetDeps) {
    this.#plan = plan;
    this.#signal = signal;
    this.#deps = deps;
    this.#beganAtMs = deps.nowMs();
    const startMinute = Math.floor(plan.startMs / minuteMs);
    // Without history, runs may begin now whose cause nobody has made.
    const liveFrom = plan.backfillMs > 0 ? startMinute : startMinute + echoMinutes;
    this.#outbox = new Outbox(new ProviderStream(`demo-${plan.seed}`, startMinute, liveFrom));
  }

  /** Minutes before `startMinute`, newest first, so that the pages fill from the present backwards. */
  async backfill(startMinute: number, minutes: number): Promise<void> {
    const { book, report } = this.#deps;
    report.backfillBegins(minutes);
    const nowMs = this.#deps.nowMs();
    const oldest = startMinute - minutes;
    let sentFrom = startMinute;
    for (let minute = startMinute - 1; minute >= oldest && !this.#signal.aborted; minute--) {
      const worlds = worldsAt(this.#plan, book.between(minute, minute + 1));
      for (const world of worlds) {
        for (const one of simulateMinute(world, minute)) this.#outbox.add(one);
        if (worlds.length > 1) await this.#sendDue(nowMs);
      }
      if (this.#outbox.waiting < backfillChunk && minute > oldest && worlds.length === 1) continue;
      await this.#sendDue(nowMs);
      await this.#send(this.#outbox.provider.history(minute + echoMinutes, minute === oldest));
      report.backfilled(sentFrom - minute);
      sentFrom = minute;
    }
    report.backfillEnds();
  }

  async live(startMinute: number): Promise<void> {
    const { book, report, wait, onMinute } = this.#deps;
    // In parts a minute is sent when it is over, so that no more than one part has to wait for its end.
    const sentAfterMs = partsOf(this.#plan) > 1 ? minuteMs : 0;
    const dueMs = (minute: number) => minute * minuteMs + sentAfterMs;
    let nextMinute = startMinute;
    while (!this.#signal.aborted) {
      const clockMs = this.#demoNowMs();
      const firstMinute = nextMinute;
      for (; dueMs(nextMinute) <= clockMs && !this.#signal.aborted; nextMinute++) {
        for (const world of worldsAt(this.#plan, book.between(nextMinute, nextMinute + 1))) {
          for (const one of simulateMinute(world, nextMinute)) this.#outbox.add(one);
          await this.#sendDue(clockMs);
          report.behind(this.#demoNowMs() - dueMs(nextMinute));
          if (this.#signal.aborted) break;
        }
      }
      if (nextMinute === firstMinute) await this.#sendDue(clockMs);
      else await onMinute(nextMinute - 1);
      await this.#send(this.#outbox.provider.due(nextMinute, clockMs));
      await wait(tickMs, this.#signal);
    }
  }

  async #sendDue(clockMs: number): Promise<void> {
    const { runs, requests } = this.#outbox.take(clockMs);
    this.#deps.report.made(runs);
    await this.#send(requests);
  }

  async #send(requests: ExportRequest[]): Promise<void> {
    const { send, report } = this.#deps;
    const next = async (): Promise<void> => {
      for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
        const result = await send(request);
        // Nobody refused it, and the others are not even tried.
        if (this.#signal.aborted && result.kind !== 'stored') return;
        report.sent(request, result);
        this.#requests++;
        if (result.kind !== 'stored' || this.#requests % repeatEvery !== 0) continue;
        // As a client does whose answer was lost: the same bytes once more.
        await send(request);
        report.repeated();
      }
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
