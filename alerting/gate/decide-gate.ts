import { fisherTail, type Proportion } from './fisher.js';
import { type Counts, rankTest } from './rank-test.js';

/** A release waits above this burn rate. */
const mostBurn = 2;
/** Two runs in a hundred equal pairs of versions are held by chance, at most. */
const significance = 0.01;
/** Fewer runs than these of either version say too little. */
export const leastRuns = 50;
/** How much more often than not a run of the new version must be the slower one: with many runs any difference is significant. */
const leastSlower = 0.56;

export type BurnReading = {
  slo: string;
  scope: string;
  /** Over the last hour; null without events. */
  burn: number | null;
  bad: number;
  /** Null when there is nothing to spend. */
  remainingRatio: number | null;
};

export type VersionReading = Proportion & {
  /** Good, warm runs by latency bucket: a new version starts cold, and failures end early. */
  latency: Counts;
};

export type Comparison = {
  version: string;
  /** side-by-side: the same minutes; before: as long a time until the new version began. */
  basis: 'side-by-side' | 'before';
  candidate: VersionReading;
  running: VersionReading;
};

export type GateReason = {
  kind:
    | 'burn'
    | 'budget'
    | 'errors'
    | 'latency'
    | 'too-few'
    | 'no-objective'
    | 'no-version'
    | 'nothing-to-compare';
  /** Whether it holds the release. */
  holds: boolean;
  says: string;
};

export type GateFacts = {
  readings: readonly BurnReading[];
  /** Null when the version has not run, or there is no other. */
  comparison: Comparison | 'not-seen' | 'only-one';
  tooFew: 'go' | 'hold';
};

/** Go or hold, with everything that was looked at. */
export function decideGate({ readings, comparison, tooFew }: GateFacts): {
  decision: 'go' | 'hold';
  reasons: GateReason[];
} {
  const reasons = [...burnReasons(readings), ...versionReasons(comparison, tooFew)];
  return { decision: reasons.some(({ holds }) => holds) ? 'hold' : 'go', reasons };
}

function burnReasons(readings: readonly BurnReading[]): GateReason[] {
  if (readings.length === 0)
    return [
      {
        kind: 'no-objective',
        holds: false,
        says: 'No objective is about this function, so no budget speaks against it.',
      },
    ];
  return readings.flatMap(({ slo, scope, burn, bad, remainingRatio }): GateReason[] => {
    const name = scope === '' ? slo : `${slo} (${scope})`;
    const rate =
      burn === null
        ? 'has no events in the last hour'
        : `burns ${shortNumber(burn)}× in the last hour, ${bad} bad`;
    // One failure in a quiet hour is no trend.
    const burning = burn !== null && burn > mostBurn && bad >= 2;
    const spent = remainingRatio !== null && remainingRatio <= 0;
    return [
      { kind: 'burn', holds: burning, says: `${name} ${rate}; ${mostBurn}× is the limit.` },
      ...(spent
        ? [{ kind: 'budget' as const, holds: true, says: `The error budget of ${name} is spent.` }]
        : []),
    ];
  });
}

function versionReasons(comparison: GateFacts['comparison'], tooFew: 'go' | 'hold'): GateReason[] {
  const byDefault = `, so it is ${tooFew === 'go' ? 'let through' : 'held'} by default`;
  const holds = tooFew === 'hold';
  if (comparison === 'not-seen')
    return [{ kind: 'no-version', holds, says: `The version has not run so far${byDefault}.` }];
  if (comparison === 'only-one')
    return [{ kind: 'nothing-to-compare', holds: false, says: 'No other version ran to compare it with.' }];
  const { basis, candidate, running, version } = comparison;
  const when = basis === 'side-by-side' ? 'side by side' : 'against the time before';
  if (candidate.total < leastRuns || running.total < leastRuns) {
    const says = `Too few runs to judge ${version} ${when}: ${candidate.total} and ${running.total} of the other, ${leastRuns} are needed${byDefault}.`;
    return [{ kind: 'too-few', holds, says }];
  }
  return [errorReason(comparison, when), ...latencyReason(comparison, when)];
}

function errorReason({ candidate, running }: Comparison, when: string): GateReason {
  const p = fisherTail(candidate, running);
  const worse = p < significance && candidate.bad >= 2;
  const counts = `${candidate.bad} of ${candidate.total} runs failed, ${running.bad} of ${running.total} of the other`;
  const verdict = worse ? 'it fails more often' : 'no more than chance explains';
  return {
    kind: 'errors',
    holds: worse,
    says: `Errors ${when}: ${counts}; ${verdict} (Fisher, p ${pText(p)}).`,
  };
}

function latencyReason({ candidate, running }: Comparison, when: string): GateReason[] {
  const [n, m] = [countOf(candidate.latency), countOf(running.latency)];
  const test = n < leastRuns || m < leastRuns ? null : rankTest(candidate.latency, running.latency);
  if (test === null)
    return [
      { kind: 'latency', holds: false, says: `Latency ${when}: too few good warm runs (${n} and ${m}).` },
    ];
  const slower = test.p < significance && test.slowerRatio >= leastSlower;
  const often = `a run is slower than one of the other ${shortNumber(test.slowerRatio * 100)} % of the time`;
  const verdict = slower ? 'it is slower' : `held from ${shortNumber(leastSlower * 100)} % on`;
  return [
    {
      kind: 'latency',
      holds: slower,
      says: `Latency ${when}: ${often}, of ${n} and ${m} good warm runs; ${verdict} (Mann-Whitney, p ${pText(test.p)}).`,
    },
  ];
}

function countOf(counts: Counts): number {
  return Math.round([...counts.values()].reduce((sum, n) => sum + n, 0));
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function pText(p: number): string {
  return p < 0.0001 ? 'below 0.0001' : String(Number(p.toPrecision(2)));
}
