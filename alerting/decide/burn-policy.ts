import type { Severity } from '../../schemas/alerting/incident-event.js';
import { ratioOf, rest } from '../../schemas/slo/percent.js';
import { nominalLengthMs } from '../../schemas/slo/period.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { Tier } from '../../schemas/slo/tier.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import { factorOf } from '../tiers/tier-maths.js';
import { windowText } from '../tiers/window-text.js';

/** A share of bad events as two whole numbers; as doubles where products stay exact, else as big ones. */
export type Threshold = { parts: bigint; of: bigint; ratio: number };

export type PolicyTier = {
  /** Its windows, such as 1h/5m. */
  name: string;
  severity: Severity;
  factor: number;
  longMs: number;
  shortMs: number;
  /** More bad events than this share, and the tier is reached. */
  threshold: Threshold;
};

/** How an objective is judged; what is derived from its definition once. */
export type BurnPolicy = {
  /** Pages before tickets, and of each the fastest first: the first that is reached counts. */
  tiers: readonly PolicyTier[];
  budgetRatio: number;
  /** Null: every failure counts for what it is. */
  gate: { atLeastBad: number; level: number } | null;
  minimumMs: number;
};

/** Two failures, and a chance of less than one in a hundred that a service that keeps the tier's rate had as many. */
const defaultGate = { atLeastBad: 2, level: 0.01 };

export function burnPolicy(definition: SloDefinition): BurnPolicy {
  const { objective, period, alerting } = definition;
  const periodMs = nominalLengthMs(period);
  const budget = rest(objective);
  const tiers = judgeTiers(definition)
    .filter(({ problems }) => problems.every(({ kind }) => kind !== 'refused'))
    .map(({ tier }): PolicyTier => {
      const parts = tier.budget.parts * BigInt(periodMs) * budget.parts;
      const of = tier.budget.of * BigInt(tier.longMs) * budget.of;
      const { severity, longMs, shortMs } = tier;
      const threshold = reduced(parts, of);
      return { name: tierName(tier), severity, longMs, shortMs, factor: factorOf(tier, periodMs), threshold };
    })
    // Where even a total outage stays below it, it could never be reached.
    .filter(({ threshold }) => threshold.parts < threshold.of)
    .sort((one, other) => {
      if (one.severity !== other.severity) return one.severity === 'page' ? -1 : 1;
      return other.factor - one.factor || one.longMs - other.longMs;
    });
  return {
    tiers,
    budgetRatio: ratioOf(budget),
    gate: alerting.lowTraffic === 'plain' ? null : defaultGate,
    minimumMs: alerting.minimumDuration ?? 0,
  };
}

function tierName({ longMs, shortMs }: Pick<Tier, 'longMs' | 'shortMs'>): string {
  return `${windowText(longMs).replace(' ', '')}/${windowText(shortMs).replace(' ', '')}`;
}

/** Whether a share of bad events is above a threshold, in whole numbers. */
export function isAbove(bad: number, total: number, { parts, of }: Threshold): boolean {
  if (total === 0) return false;
  const [partsNumber, ofNumber] = [Number(parts), Number(of)];
  const most = Number.MAX_SAFE_INTEGER;
  if (bad * ofNumber <= most && total * partsNumber <= most) return bad * ofNumber > total * partsNumber;
  return BigInt(bad) * of > BigInt(total) * parts;
}

function reduced(parts: bigint, of: bigint): Threshold {
  let [a, b] = [parts, of];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = a === 0n ? 1n : a;
  return { parts: parts / divisor, of: of / divisor, ratio: Number(parts) / Number(of) };
}
