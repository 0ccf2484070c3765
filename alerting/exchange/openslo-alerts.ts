import { at, listAt, textAt } from './fields.js';
import type { Referred } from './openslo.js';
import { type PeriodOf, shorthandMs } from './period-of.js';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const nominalDays: Readonly<Record<string, number>> = { week: 7, month: 30, quarter: 90, year: 365 };

/**
 * Alert policies as tiers: a burn rate over a look-back window is a share of the budget. What `slo export` wrote is taken as
 * it was; without any policy, the preset is in force, and that is told.
 */
export function alertingOf(
  spec: unknown,
  kept: ReadonlyMap<string, string>,
  period: PeriodOf['period'],
  referred: Referred,
  lost: string[],
): object | null {
  const own = parsed(kept.get('coldburn.dev/alerting'));
  if (own !== null) return own;
  const policies = listAt(spec, 'alertPolicies');
  if (policies.length === 0) {
    lost.push('it has no alert policies; here the preset sre-workbook is in force');
    return null;
  }
  const tiers = policies.flatMap((one) => {
    const name = textAt(one, 'alertPolicyRef') ?? (typeof one === 'string' ? one : undefined);
    const policy =
      at(one, 'spec') ?? (name === undefined ? undefined : at(referred('AlertPolicy', name), 'spec'));
    if (policy === undefined) {
      lost.push(`the alert policy "${name ?? ''}" is in none of the files`);
      return [];
    }
    if (listAt(policy, 'notificationTargets').length > 0)
      lost.push('notification targets are not kept: routes say who is told');
    if (at(policy, 'alertWhenNoData') === true)
      lost.push('"alertWhenNoData" is not kept: lost telemetry is a state of its own here');
    return listAt(policy, 'conditions').flatMap((condition) => tierOf(condition, period, referred, lost));
  });
  if (tiers.length > 0) return { tiers };
  lost.push('none of its alert policies could be taken over; here the preset sre-workbook is in force');
  return null;
}

function tierOf(one: unknown, period: PeriodOf['period'], referred: Referred, lost: string[]): object[] {
  const name = textAt(one, 'conditionRef');
  const spec =
    at(one, 'spec') ?? (name === undefined ? undefined : at(referred('AlertCondition', name), 'spec'));
  const condition = at(spec, 'condition');
  const factor = Number(textAt(condition, 'threshold') ?? Number.NaN);
  const longMs = shorthandMs(textAt(condition, 'lookbackWindow') ?? '');
  const kind = textAt(condition, 'kind')?.toLowerCase() ?? 'burnrate';
  if (kind !== 'burnrate' || !(factor > 0) || longMs === null || longMs < 2 * minuteMs) {
    lost.push(`the alert condition "${name ?? textAt(one, 'metadata', 'name') ?? ''}" cannot be taken over`);
    return [];
  }
  const shortMs = Math.max(minuteMs, Math.round(longMs / 12 / minuteMs) * minuteMs);
  const percent = (factor * longMs * 100) / lengthMs(period);
  const severity = /page|crit|sev1|high|urgent/i.test(textAt(spec, 'severity') ?? '') ? 'page' : 'ticket';
  if (shorthandMs(textAt(condition, 'alertAfter') ?? '0m') !== 0)
    lost.push('"alertAfter" is not kept: a short window of a twelfth must burn too');
  return [{ budget: `${Number(percent.toFixed(8))}%`, long: longMs, short: shortMs, severity }];
}

function lengthMs(period: PeriodOf['period']): number {
  if (typeof period === 'string') return shorthandMs(period) ?? 30 * dayMs;
  return (nominalDays[period.calendar] ?? 30) * dayMs;
}

function parsed(text: string | undefined): object | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
