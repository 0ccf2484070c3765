import type { CostAnswer } from '../../../../schemas/cost/attribution.js';
import type { ForecastAnswer } from '../../../../schemas/cost/forecast.js';
import { dayText } from '../clock-time.js';
import { costGrowthText, formatChange, formatUsd, picoOf, sumUsd, usdOf } from './money.js';

export type CostFigures = {
  totalUsd: string | null;
  /** "+$1.20, up 12 %"; null when nothing is known of one of both times. */
  changeText: string | null;
  perMillionUsd: string | null;
  perMillionText: string | null;
  forecastLabel: string;
  forecastUsd: string | null;
  forecastText: string | null;
};

/** A change that is none needs no amount. */
function changeText(change: string, growth: string): string {
  return growth.startsWith('as ') ? growth : `${formatChange(change)}, ${growth}`;
}

/** Runs of which none has a rate cost something; nobody knows how much. */
function knownTotal(answer: CostAnswer | null): string | null {
  if (answer === null || answer.rows.length === 0) return null;
  return answer.unpricedInvocations === answer.invocations ? null : answer.totalUsd;
}

/** The total over the runs it is of; runs without a rate are in neither. */
function perMillion(answer: CostAnswer | null): string | null {
  const total = knownTotal(answer);
  if (total === null || answer === null) return null;
  return usdOf((picoOf(total) * 1_000_000n) / BigInt(answer.invocations - answer.unpricedInvocations));
}

/** What stands above a page about money, in words. */
export function costFigures(
  now: CostAnswer | null,
  before: CostAnswer | null,
  month: ForecastAnswer | null,
): CostFigures {
  const [total, known] = [knownTotal(now), knownTotal(before)];
  const [each, eachBefore] = [perMillion(now), perMillion(before)];
  const change = total === null || known === null ? null : sumUsd([total, negated(known)]);
  return {
    totalUsd: total,
    changeText:
      change === null || total === null || known === null
        ? total !== null && before !== null && known === null
          ? 'nothing known of the time before'
          : null
        : changeText(change, costGrowthText(total, known) ?? 'from nothing'),
    perMillionUsd: each,
    perMillionText: each === null || eachBefore === null ? null : costGrowthText(each, eachBefore),
    forecastLabel:
      month === null ? 'Forecast' : `Forecast to ${dayText(Date.parse(month.cycle.to) - 1, 'UTC')}`,
    forecastUsd: month?.forecastUsd ?? null,
    forecastText:
      month === null || month.forecastUsd === null
        ? null
        : month.lowUsd === null || month.highUsd === null
          ? 'too short a history for an interval'
          : `${formatUsd(month.lowUsd)} to ${formatUsd(month.highUsd)}`,
  };
}

const negated = (usd: string) => (usd.startsWith('-') ? usd.slice(1) : `-${usd}`);
