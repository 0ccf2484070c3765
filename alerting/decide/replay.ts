import type { Severity } from '../../schemas/alerting/incident-event.js';
import type { BurnPolicy, PolicyTier } from './burn-policy.js';
import { judgeBurn } from './judge-burn.js';
import { faultStart, type MinuteCounts, runningSums } from './minute-counts.js';
import { quietState, type SeriesState, step } from './step.js';

const minuteMs = 60_000;

/** A time during which people would have been told, at one severity. */
export type Episode = {
  severity: Severity;
  tier: string;
  /** When the fault began, as far as the counts tell. */
  startedMs: number;
  firedMs: number;
  /** Null: it goes on at the end. */
  resolvedMs: number | null;
  longBurn: number;
  shortBurn: number;
  /** Share of the period's budget that was gone when it fired; null when there was none. */
  budgetSpentRatio: number | null;
};

export type Withheld = { reason: string; tier: string; fromMs: number; toMs: number };

export type Replayed = {
  episodes: Episode[];
  withheld: Withheld[];
  /** Bad events outside of every episode: in faults nobody was told of, before they were told, or scattered. */
  badUntold: number;
};

export type ReplayAsked = { fromMs: number; toMs: number; periodStartMs: (atMs: number) => number };

/** Decides minute by minute as it is done live, over counts that are known. */
export function replayBurn(policy: BurnPolicy, counts: MinuteCounts, asked: ReplayAsked): Replayed {
  const sums = runningSums(counts);
  const episodes: Episode[] = [];
  const withheld: Withheld[] = [];
  let state: SeriesState<PolicyTier> = quietState();
  let open: Episode | null = null;
  let waiting: Withheld | null = null;
  let broken: Withheld | null = null;
  let badUntold = 0;

  const burn = (windowMs: number, atMs: number) => {
    const { good, total } = sums.sum(atMs - windowMs, atMs);
    return total === 0 ? 0 : (total - good) / total / policy.budgetRatio;
  };
  const spent = (atMs: number) => {
    const { good, total } = sums.sum(asked.periodStartMs(atMs), atMs);
    const allowed = total * policy.budgetRatio;
    return allowed === 0 ? null : (total - good) / allowed;
  };
  const begin = (tier: PolicyTier, atMs: number, startedMs: number | null): Episode => {
    const fault = { fromMs: atMs - tier.longMs, endMs: atMs, ratio: tier.threshold.ratio };
    const episode = {
      severity: tier.severity,
      tier: tier.name,
      startedMs: startedMs ?? faultStart(counts, fault) ?? atMs,
      firedMs: atMs,
      resolvedMs: null,
      longBurn: burn(tier.longMs, atMs),
      shortBurn: burn(tier.shortMs, atMs),
      budgetSpentRatio: spent(atMs),
    };
    episodes.push(episode);
    return episode;
  };

  for (let atMs = asked.fromMs + minuteMs; atMs <= asked.toMs; atMs += minuteMs) {
    const standing = judgeBurn(policy, (windowMs) => sums.sum(atMs - windowMs, atMs));
    if (standing.kind === 'broken') {
      if (broken === null || broken.toMs !== atMs - minuteMs) {
        broken = { reason: 'sli-broken', tier: '', fromMs: atMs, toMs: atMs };
        withheld.push(broken);
      } else broken.toMs = atMs;
    }
    const stepped = step(state, standing, atMs, policy);
    state = stepped.state;
    const change = stepped.change;
    if (change !== null) {
      if (waiting !== null) {
        waiting.toMs = atMs;
        waiting = null;
      }
      if (open !== null) open.resolvedMs = atMs;
      if (change.kind === 'withheld') {
        waiting = { reason: change.reason, tier: change.level.name, fromMs: atMs, toMs: asked.toMs };
        withheld.push(waiting);
      } else if (change.kind === 'resolved') open = null;
      else open = begin(change.level, atMs, open?.startedMs ?? null);
    }
    if (open === null) {
      const { good, total } = sums.sum(atMs - minuteMs, atMs);
      badUntold += Math.max(0, total - good);
    }
  }
  return { episodes, withheld, badUntold };
}
