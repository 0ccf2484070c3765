import { percentText, rest } from '../../schemas/slo/percent.js';
import { nominalLengthMs, periodText } from '../../schemas/slo/period.js';
import { presetSource } from '../../schemas/slo/presets.js';
import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { type JudgedTier, judgeTiers } from './judge-slo.js';
import { detectionMs, factorOf, resetMs, timeToEmptyMs } from './tier-maths.js';
import { windowText } from './window-text.js';

/** Shares of bad events at which people want to know how soon they would hear: a total outage, and a partial fault. */
const faults = [1, 0.05] as const;

export type DescribedTier = {
  severity: 'page' | 'ticket';
  factor: number;
  longMs: number;
  shortMs: number;
  budgetText: string;
  /** Null where this fault never reaches the tier. */
  faults: { badRatio: number; detectionMs: number | null; resetMs: number | null }[];
  problems: JudgedTier['problems'];
};

/** What an objective promises and when somebody would be told. */
export function describeTiers(definition: SloDefinition): DescribedTier[] {
  const { objective, period } = definition;
  const periodMs = nominalLengthMs(period);
  return judgeTiers(definition).map(({ tier, problems }) => ({
    severity: tier.severity,
    factor: factorOf(tier, periodMs),
    longMs: tier.longMs,
    shortMs: tier.shortMs,
    budgetText: percentText(tier.budget),
    faults: faults.map((badRatio) => ({
      badRatio,
      detectionMs: detectionMs(tier, objective, periodMs, badRatio),
      resetMs: resetMs(tier, objective, periodMs, badRatio),
    })),
    problems,
  }));
}

/** The same for people: a line for the objective, one for each tier, and one below it for each problem. */
export function describeSlo(definition: SloDefinition): string[] {
  const { id, objective, period, alerting } = definition;
  const budget = rest(objective);
  const emptyMs = timeToEmptyMs(objective, nominalLengthMs(period), 1);
  const lasts =
    emptyMs === null || emptyMs === 0 ? '' : `; a total outage spends it in ${windowText(emptyMs)}`;
  const lines = [
    `${id}: ${percentText(objective)} over ${periodText(period)}; the budget is ${percentText(budget)} of all events${lasts}`,
  ];
  if (alerting.tiers === undefined)
    lines.push(`  alerting: ${alerting.preset} (${presetSource(alerting.preset)})`);
  for (const tier of describeTiers(definition)) {
    const { severity, factor, longMs, shortMs, budgetText, faults: told, problems } = tier;
    const heard = told.map(
      ({ badRatio, detectionMs: soon, resetMs: over }) =>
        `${badRatio * 100} % bad: ${soon === null || over === null ? 'never' : `after ${windowText(soon)}, ends ${windowText(over)} after the fault`}`,
    );
    lines.push(
      `  ${severity.padEnd(6)} ${factorText(factor)}× over ${windowText(longMs)} and ${windowText(shortMs)} (${budgetText} of the budget) – ${heard.join('; ')}`,
    );
    for (const { kind, says } of problems) lines.push(`         ${kind}: ${says}`);
  }
  return lines;
}

function factorText(factor: number): string {
  return String(Number(factor.toPrecision(4)));
}
