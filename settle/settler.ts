import { countRunning } from './concurrency/count-running.js';
import { uniteRuns } from './concurrency/unite-runs.js';
import type { Rules, Wanted } from './decide/facts.js';
import { settleRequest } from './decide/settle-request.js';
import { mostFacts } from './read/candidate-row.js';
import { countArrivals } from './read/count-arrivals.js';
import { type Arrival, readArrivals } from './read/read-arrivals.js';
import { type CandidateQuestion, noRange, readCandidates } from './read/read-candidates.js';
import { readSeenUntil, writeSeenUntil } from './read/seen-until.js';
import type { SettleStats } from './settle-stats.js';
import { settleTiming as timing } from './settle-timing.js';
import { applyBatch, noCorrections, pendingBatches } from './write/apply-batch.js';
import { addCorrections, type WriteDeps, writeBatch } from './write/write-batch.js';

export type SettlerDeps = WriteDeps & {
  now: () => Date;
  rules: Rules;
  /** What came is left alone for this long, where another replica may answer that does not have the run itself yet. */
  delayMs: number;
};

export type Settler = {
  /** One look at what is new, and what follows from it. */
  tick: (signal: AbortSignal) => Promise<void>;
  /** Makes the next tick start from what the database says, as after another process has worked. */
  forget: () => void;
  stats: () => SettleStats;
};

type Progress = {
  /** Arrivals up to here are settled, but for those that become visible late. */
  seenMs: number;
  /** Arrivals that are settled, with the facts they had, for as long as they are looked at again. */
  handled: Map<number, number>;
  sweptMs: number;
  nextSweepMs: number;
  countedMs: number;
  unitedMs: number;
  nextUniteMs: number;
};

/** Finds what is new, decides and writes. Everything it remembers can be lost at any time and is worked out again. */
export function createSettler(deps: SettlerDeps): Settler {
  const { warehouse, rules } = deps;
  const nowMs = () => deps.now().getTime();
  let progress: Progress | null = null;
  const stats: SettleStats = {
    lastTickAtMs: null,
    lastTickMs: 0,
    lagMs: 0,
    failures: 0,
    crowded: 0,
    requests: 0,
    corrections: noCorrections,
  };

  const begin = async (): Promise<Progress> => {
    for (const batch of await pendingBatches(warehouse)) {
      await deps.mayWrite();
      stats.corrections = addCorrections(stats.corrections, await applyBatch(warehouse, batch));
    }
    const seenMs = (await readSeenUntil(warehouse)) ?? 0;
    return {
      seenMs,
      handled: new Map(),
      sweptMs: seenMs,
      nextSweepMs: 0,
      countedMs: seenMs,
      unitedMs: seenMs,
      nextUniteMs: 0,
    };
  };

  const settle = async (
    question: Omit<CandidateQuestion, 'part' | 'parts'>,
    facts: number,
    signal: AbortSignal,
  ): Promise<void> => {
    const parts = Math.max(1, Math.ceil(facts / timing.factsAtOnce));
    for (let part = 0; part < parts; part++) {
      const wanted: Wanted[] = [];
      for await (const request of readCandidates(warehouse, { ...question, part, parts }, signal)) {
        if (request.facts > mostFacts) stats.crowded += 1;
        else {
          stats.requests += 1;
          wanted.push(...settleRequest(request, nowMs(), rules));
        }
      }
      for (let from = 0; from < wanted.length; from += timing.batchRows) {
        signal.throwIfAborted();
        const written = await writeBatch(deps, wanted.slice(from, from + timing.batchRows));
        stats.corrections = addCorrections(stats.corrections, written);
      }
    }
  };

  /** What came since the last look, against what came shortly before. */
  const settleArrivals = async (at: Progress, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const fromMs = Math.max(0, at.seenMs - timing.overlapMs);
      // Without a delay there is no end either: the engine's clock may be ahead of ours.
      const toMs = deps.delayMs === 0 ? endOfTimeMs : nowMs() - deps.delayMs;
      const window = { fromMs, toMs, most: timing.arrivalsAtOnce };
      const arrivals = await readArrivals(warehouse, window);
      const fresh = arrivals.filter(({ atMs, facts }) => at.handled.get(atMs) !== facts);
      for (const group of groupsOf(fresh, timing.factsAtOnce)) {
        const [first] = group;
        if (first === undefined) continue;
        stats.lagMs = Math.max(0, nowMs() - first.atMs);
        const arrivalsMs = group.map(({ atMs }) => atMs);
        const sinceMs = Math.max(0, first.atMs - timing.hotMs);
        const facts = group.reduce((sum, arrival) => sum + arrival.facts, 0);
        await settle({ ...nothing, sinceMs, arrivalsMs }, facts, signal);
        for (const arrival of group) at.handled.set(arrival.atMs, arrival.facts);
      }
      at.seenMs = Math.max(at.seenMs, arrivals.at(-1)?.atMs ?? 0);
      for (const atMs of at.handled.keys()) if (atMs < at.seenMs - timing.overlapMs) at.handled.delete(atMs);
      if (arrivals.length < timing.arrivalsAtOnce || fresh.length === 0) return;
    }
  };

  /** The same arrivals against everything within the lookback, and what waited until now. */
  const sweep = async (at: Progress, toMs: number, signal: AbortSignal): Promise<void> => {
    const since = (waitMs: number) => ({
      fromMs: Math.max(0, at.sweptMs - waitMs - timing.overlapMs),
      toMs: toMs - waitMs,
    });
    const again = since(0);
    const facts = await countArrivals(warehouse, again);
    const timeouts = new Set(rules.timeoutsMs.values());
    const functionsOf = (timeoutMs: number) =>
      [...rules.timeoutsMs].filter(([, ms]) => ms === timeoutMs).map(([name]) => name);
    const question = {
      ...nothing,
      again,
      spreadMs: timing.hotMs - timing.overlapMs,
      reports: since(rules.reportGraceMs),
      works: {
        ...since(rules.defaultTimeoutMs + rules.reportGraceMs),
        functions: [...rules.timeoutsMs.keys()],
        only: false,
      },
    };
    const reach = (range: { fromMs: number }) => Math.max(0, range.fromMs - rules.lookbackMs);
    await settle({ ...question, sinceMs: reach(question.works) }, facts, signal);
    for (const timeoutMs of timeouts) {
      const works = {
        ...since(timeoutMs + rules.reportGraceMs),
        functions: functionsOf(timeoutMs),
        only: true,
      };
      await settle({ ...nothing, works, sinceMs: reach(works) }, facts, signal);
    }
    at.sweptMs = toMs;
    await writeSeenUntil(warehouse, Math.min(at.sweptMs, at.seenMs));
  };

  const tick = async (signal: AbortSignal): Promise<void> => {
    const startedMs = nowMs();
    try {
      const at = progress ?? (await begin());
      progress = at;
      await settleArrivals(at, signal);
      stats.lagMs = 0;
      if (nowMs() >= at.nextSweepMs) {
        const sweepMs = nowMs();
        await sweep(at, sweepMs, signal);
        const tookMs = nowMs() - sweepMs;
        at.nextSweepMs = sweepMs + Math.max(timing.sweepEveryMs, tookMs / timing.sweepShare);
      }
      if (nowMs() >= at.countedMs + timing.concurrencyEveryMs) {
        const toMs = nowMs();
        const fromMs = Math.max(0, at.countedMs - timing.overlapMs);
        await deps.mayWrite();
        await countRunning(warehouse, { fromMs, toMs, nowMs: toMs }, signal);
        at.countedMs = toMs;
      }
      if (nowMs() >= at.nextUniteMs) {
        const toMs = nowMs();
        const fromMs = Math.max(0, at.unitedMs - timing.overlapMs);
        await deps.mayWrite();
        await uniteRuns(warehouse, { fromMs, toMs, nowMs: toMs }, signal);
        at.unitedMs = toMs;
        at.nextUniteMs = toMs + Math.max(timing.uniteEveryMs, (nowMs() - toMs) / timing.sweepShare);
      }
      stats.lastTickAtMs = nowMs();
      stats.lastTickMs = nowMs() - startedMs;
    } catch (error) {
      // What was being written may be in the outbox, or may not.
      progress = null;
      stats.failures += 1;
      throw error;
    }
  };
  return {
    tick,
    forget: () => {
      progress = null;
    },
    stats: () => stats,
  };
}

/** The year 2100. */
const endOfTimeMs = 4_102_444_800_000;

const nothing = {
  arrivalsMs: [],
  again: noRange,
  spreadMs: 0,
  reports: noRange,
  works: { ...noRange, functions: [], only: true },
};

/** Neighbours together until they have so many facts; a larger one is a group by itself. */
function groupsOf(arrivals: readonly Arrival[], mostFacts: number): Arrival[][] {
  const groups: Arrival[][] = [];
  let room = 0;
  for (const arrival of arrivals) {
    room -= arrival.facts;
    if (room < 0 || groups.length === 0) {
      groups.push([]);
      room = mostFacts - arrival.facts;
    }
    groups.at(-1)?.push(arrival);
  }
  return groups;
}
