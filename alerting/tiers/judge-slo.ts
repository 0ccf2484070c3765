import { nominalLengthMs } from '../../schemas/slo/period.js';
import { presetTiers } from '../../schemas/slo/presets.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { Tier } from '../../schemas/slo/tier.js';
import { coveredBy, type TierProblem, tierProblems } from './tier-problems.js';

/** How late telemetry usually is: what runs and senders batch, and what we insert in. */
const ingestDelayMs = 60_000;

export type JudgedTier = { tier: Tier; problems: TierProblem[] };

/** The tiers in force for an objective, each with what is wrong with it. */
export function judgeTiers({ alerting, objective, period }: SloDefinition): JudgedTier[] {
  const periodMs = nominalLengthMs(period);
  const tiers = alerting.tiers ?? presetTiers(alerting.preset, periodMs);
  const covered = coveredBy(tiers, periodMs);
  return tiers.map((tier) => {
    const problems = tierProblems(tier, {
      objective,
      periodMs,
      delayMs: ingestDelayMs,
      isPreset: alerting.tiers === undefined,
    });
    const by = covered.find((one) => one.tier === tier)?.by;
    if (by === undefined) return { tier, problems };
    const says =
      'another tier of the same severity fires sooner and on less, so this one never adds anything';
    return { tier, problems: [...problems, { kind: 'warned', says }] };
  });
}
