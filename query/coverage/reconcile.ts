/** Runs as telemetry shows them. Sampled ones stand for many, so these need not be whole. */
export type SeenRuns = {
  /** Throttled and rejected calls are no runs. */
  runs: number;
  ok: number;
  /** Of those not ok: failed only by the HTTP status they answered, which no provider counts as an error. */
  answered: number;
};

/** What the provider counted over the same minutes. */
export type CountedRuns = {
  invocations: number;
  /** Null when its errors were not sent to us. */
  errors: number | null;
  /** Its errors are failed HTTP answers too, as with Knative and Google Cloud. */
  errorsHoldAnswers: boolean;
};

/** `provider`: every minute with runs was counted. `telemetry`: none was. `both`: some were. */
export type CoverageSource = 'provider' | 'telemetry' | 'both';

export type CoverageReading =
  | { kind: 'no-data' }
  | {
      kind: 'measured';
      total: number;
      /** Null when the provider counted runs of which neither it nor telemetry tells how they ended. */
      good: number | null;
      /** Seen / counted over the counted minutes, at most 1; null when none was counted. */
      coverageRatio: number | null;
      source: CoverageSource;
    };

/**
 * Brings together what was seen and what was counted; docs/coverage.md states the rule. `inCounted` is what was seen in
 * minutes of which a count exists, `elsewhere` what was seen in the others.
 */
export function reconcile(
  inCounted: SeenRuns,
  elsewhere: SeenRuns,
  counted: CountedRuns | null,
): CoverageReading {
  const { total, good } = counted === null ? { total: 0, good: 0 } : settle(inCounted, counted);
  const all = Math.round(total + elsewhere.runs);
  if (counted === null && all === 0) return { kind: 'no-data' };
  return {
    kind: 'measured',
    total: all,
    good: good === null ? null : Math.min(all, Math.round(good + elsewhere.ok)),
    coverageRatio: counted === null ? null : coverage(inCounted.runs, counted.invocations),
    source: counted === null ? 'telemetry' : elsewhere.runs > 0 ? 'both' : 'provider',
  };
}

/** Totals are the provider's, unless more was seen: what was seen did happen, so then the count is late or cut. */
function settle(seen: SeenRuns, counted: CountedRuns): { total: number; good: number | null } {
  const total = Math.max(counted.invocations, seen.runs);
  const seenBad = seen.runs - seen.ok;
  const perSeen = seen.runs === 0 ? 0 : total / seen.runs;
  if (counted.errors === null) {
    if (seen.runs === 0 && total > 0) return { total, good: null };
    return { total, good: total - seenBad * perSeen };
  }
  const answered = counted.errorsHoldAnswers ? 0 : seen.answered * perSeen;
  // A failure that was seen is one whatever was counted.
  const bad = Math.max(counted.errors + answered, seenBad);
  return { total, good: Math.max(0, total - bad) };
}

function coverage(seen: number, counted: number): number | null {
  if (counted === 0) return seen === 0 ? null : 1;
  return Math.min(1, seen / counted);
}
