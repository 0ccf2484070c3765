import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import { matchesGlob, type Selector } from '../../../../schemas/slo/selector.js';
import { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { picoOf, usdOf } from '../cost/money.js';

export type EffectSpan = { lengthMs: number; fromMs: number; atMs: number; toMs: number };

const minuteMs = 60_000;
const longestMs = 24 * 60 * minuteMs;
const shortestMs = 5 * minuteMs;
const mostObjectives = 3;

/** As long before a deployment as has passed since, up to a day; null while too little has passed to compare. */
export function effectSpan(at: string, nowMs: number): EffectSpan | null {
  const atMs = Math.floor(Date.parse(at) / minuteMs) * minuteMs;
  const lengthMs = Math.min(longestMs, Math.floor((nowMs - atMs) / minuteMs) * minuteMs);
  if (lengthMs < shortestMs) return null;
  return { lengthMs, fromMs: atMs - lengthMs, atMs, toMs: atMs + lengthMs };
}

type Stored = { id: string; definition: Record<string, unknown> };
type Place = { function: string; environment: string };
export type ObjectiveAbout = { id: string; title: string; scope: string };

/** Objectives that name the function; those about everything at once would say little of one deployment. */
export function objectivesAbout(slos: readonly Stored[], place: Place): ObjectiveAbout[] {
  return slos
    .flatMap(({ definition }) => SloDefinition.safeParse(definition).data ?? [])
    .flatMap(({ id, title, per, where }) => {
      const named =
        where.function === undefined ? per === 'function' : matches(where.function, place.function);
      const here = place.environment === '' || matches(where.environment, place.environment);
      if (!named || !here || (per !== undefined && per !== 'function')) return [];
      return [{ id, title, scope: per === 'function' ? place.function : '' }];
    })
    .slice(0, mostObjectives);
}

function matches(globs: Selector['function'], text: string): boolean {
  return globs === undefined || globs.some((glob) => matchesGlob(text, glob));
}

/** Bad events as a share of all that the period allows; null without events. */
export function burnedRatio(
  points: readonly { good: number; total: number }[],
  badAllowed: number,
): number | null {
  const total = points.reduce((sum, one) => sum + one.total, 0);
  if (total === 0 || badAllowed === 0) return null;
  return points.reduce((sum, one) => sum + Math.max(0, one.total - one.good), 0) / badAllowed;
}

export type CostOfRuns = { runs: number; perMillionUsd: string | null };

/** Cost of a million runs, of one version or of all; null where no rate is known or nothing ran. */
export function costOfRuns({ rows }: Pick<CostAnswer, 'rows'>, version: string | null): CostOfRuns {
  const kept = rows.filter(({ labels }) => version === null || labels['version'] === version);
  const runs = kept.reduce((sum, { invocations }) => sum + invocations, 0);
  const isPriced = kept.some(({ lines }) => lines.some(({ costUsd }) => costUsd !== null));
  if (runs === 0 || !isPriced) return { runs, perMillionUsd: null };
  const pico = kept.reduce((sum, { costUsd }) => sum + picoOf(costUsd), 0n);
  return { runs, perMillionUsd: usdOf((pico * 1_000_000n) / BigInt(runs)) };
}
