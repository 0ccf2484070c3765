import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';
import { threeDigits, unitSpace, unknown } from '../figure.js';
import { formatDuration } from '../format-duration.js';

export type BudgetStatus = ListedBudget['status'];

export const statusWords: Readonly<Record<BudgetStatus, { label: string; about: string }>> = {
  broken: { label: 'Broken', about: 'More good events than events: what is counted must be looked at' },
  exhausted: { label: 'Exhausted', about: 'The whole budget of the period is spent' },
  'telemetry-lost': { label: 'No telemetry', about: 'Nothing of any kind has come in for ten minutes' },
  burning: { label: 'Burning', about: 'Going faster than a tier of its alerting allows' },
  ok: { label: 'Ok', about: 'Within its budget' },
  idle: { label: 'Idle', about: 'Nothing happened that counts' },
};

/** A share of the budget, one decimal below 10 %: 97 %, 4.2 %, -31 %. */
export function budgetText(remainingRatio: number | null): string {
  if (remainingRatio === null) return unknown;
  const percent = remainingRatio * 100;
  if (percent > 99.5 && percent < 100) return `>99${unitSpace}%`;
  const digits = Math.abs(percent) < 10 && Math.abs(percent) !== 0 ? 1 : 0;
  const text = percent.toFixed(digits);
  const shown =
    Number(text) === 0 && percent !== 0 ? (percent > 0 ? '<0.1' : '−<0.1') : text.replace('-', '−');
  return `${shown}${unitSpace}%`;
}

/** 14.4× the sustainable spend. */
export function burnText(rate: number | null): string {
  if (rate === null) return unknown;
  if (rate === 0) return '0×';
  return rate < 0.01 ? '<0.01×' : `${threeDigits(rate)}×`;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The length of a window: 5 min, 1 h, 3 days, 1 h 24 min. */
export function windowText(windowMs: number): string {
  if (windowMs >= 2 * dayMs && windowMs % dayMs === 0) return `${windowMs / dayMs} days`;
  if (windowMs % hourMs === 0) return `${windowMs / hourMs}${unitSpace}h`;
  return windowMs < hourMs ? `${windowMs / 60_000}${unitSpace}min` : formatDuration(windowMs);
}

/** How long the budget lasts if it goes on so; days from two on. */
export function timeLeftText({
  timeToEmptyMs,
  remainingRatio,
}: Pick<ListedBudget, 'timeToEmptyMs' | 'remainingRatio'>): string {
  if (timeToEmptyMs === null) return remainingRatio === null ? unknown : 'not burning';
  if (timeToEmptyMs === 0) return 'spent';
  if (timeToEmptyMs > 365 * dayMs) return 'over a year';
  if (timeToEmptyMs >= 2 * dayMs) return `${Math.round(timeToEmptyMs / dayMs)} days`;
  return formatDuration(timeToEmptyMs);
}

/** An objective without digits it does not have: 99.9 %. */
export function objectiveText(objective: number): string {
  return `${Number((objective * 100).toFixed(6))}${unitSpace}%`;
}

/** Change of the budget against an earlier reading, in points of a hundred: −3.1 points. */
export function changeText(now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null;
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.05) return 'steady';
  const size = Math.abs(points) < 9.95 ? Math.abs(points).toFixed(1) : Math.abs(points).toFixed(0);
  return `${points < 0 ? '−' : '+'}${size}`;
}

export function sloHref(id: string, scope: string): string {
  const search = scope === '' ? '' : `?${new URLSearchParams({ scope })}`;
  return `/slos/${encodeURIComponent(id)}${search}`;
}

/** The objective a path is about; a path that is not well encoded is taken as it is. */
export function sloIdIn(path: string): string {
  const encoded = path.slice('/slos/'.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
