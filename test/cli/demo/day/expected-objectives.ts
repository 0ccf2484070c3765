import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import type { KnownAttempt } from '../known-attempts.js';
import { requestOf } from '../known-attempts.js';

export type Counted = { good: number; total: number };

/** `unsure`: durations are kept in buckets, so of those this near to a threshold nobody says on which side they are. */
export type Expected = Counted & { unsure: number };

const bucketRatio = 0.008;

/** How many of these runs took less than `underMs`. */
export function quickOf(runs: readonly DayRun[], underMs: number): { good: number; unsure: number } {
  const ms = runs.map(({ known }) => known.durationUs / 1000);
  return {
    good: ms.filter((took) => took < underMs).length,
    unsure: ms.filter((took) => Math.abs(took / underMs - 1) <= bucketRatio).length,
  };
}

/** What is told of each, where it is not what is expected. */
export function miscounted(told: ReadonlyMap<string, Counted>, expected: ReadonlyMap<string, Expected>) {
  const keys = new Set([...told.keys(), ...expected.keys()]);
  return [...keys].flatMap((key) => {
    const one = told.get(key);
    const { good, total, unsure } = expected.get(key) ?? { good: 0, total: 0, unsure: 0 };
    const isRight = one !== undefined && one.total === total && Math.abs(one.good - good) <= unsure;
    return isRight ? [] : [{ key, told: one, expected: { good, total, unsure } }];
  });
}

/** Known runs with what only the whole of a request tells: whether a later attempt of it is known. */
export type DayRun = KnownAttempt & { isSuperseded: boolean };

export function dayRuns(known: readonly KnownAttempt[]): DayRun[] {
  const last = new Map<string, number>();
  const keyOf = ({ invocation }: KnownAttempt) => `${invocation.function.name} ${requestOf(invocation)}`;
  for (const one of known) last.set(keyOf(one), Math.max(last.get(keyOf(one)) ?? 0, one.attempt));
  return known.map((one) => ({ ...one, isSuperseded: one.attempt < (last.get(keyOf(one)) ?? 0) }));
}

/** What an objective of the shop must have counted of these runs, by what docs/slos.md says is good; null for kinds told otherwise. */
export function countedBy(
  { sli }: SloDefinition,
  functions: readonly string[],
  runs: readonly DayRun[],
): Expected | null {
  const own = runs.filter(({ invocation }) => functions.includes(invocation.function.name));
  const isOk = ({ known }: DayRun) => known.outcome === 'ok';
  if (sli.kind === 'success') {
    const counted = sli.count === 'requests' ? own.filter(({ isSuperseded }) => !isSuperseded) : own;
    return { good: counted.filter(isOk).length, total: counted.length, unsure: 0 };
  }
  if (sli.kind !== 'latency') return null;
  const ok = own.filter(isOk);
  const counted = sli.failed === 'ignored' ? ok : own;
  return { ...quickOf(ok, sli.under), total: counted.length };
}
