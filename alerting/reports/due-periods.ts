import { instantOf, wallAt } from '../clock/wall-clock.js';

export type ReportTiming = { name: string; every: 'week' | 'month'; zone: string; hour: number };

/** A calendar period that has ended, and when its report is due. */
export type DuePeriod = { id: string; fromMs: number; untilMs: number; dueMs: number };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What nobody sent for longer is of no use any more. */
const mostMissed = 5;

/**
 * Reports that are due and were not sent, the oldest first. What was missed while nothing ran is caught up; a report that never
 * went out begins with the period that ended within the last day, so that a new one does not tell of the past.
 */
export function duePeriods(timing: ReportTiming, sent: ReadonlySet<string>, nowMs: number): DuePeriod[] {
  const periods: DuePeriod[] = [];
  for (let back = 0; back < mostMissed; back++) {
    const period = periodBefore(timing, nowMs, back);
    if (period.dueMs > nowMs) continue;
    if (sent.has(period.id)) return periods.reverse();
    periods.push(period);
  }
  // None of the last ones was ever sent.
  return periods.filter(({ dueMs }) => nowMs - dueMs <= dayMs).reverse();
}

function periodBefore({ every, hour, name, zone }: ReportTiming, nowMs: number, back: number): DuePeriod {
  const today = Math.floor(wallAt(nowMs, zone) / dayMs) * dayMs;
  const date = new Date(today);
  // Weeks begin on Monday (ISO 8601).
  const monday = today - ((date.getUTCDay() + 6) % 7) * dayMs;
  const startOf = (step: number) =>
    every === 'week'
      ? monday + step * 7 * dayMs
      : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1);
  const [fromWall, untilWall] = [startOf(-back - 1), startOf(-back)];
  const day = new Date(fromWall).toISOString().slice(0, 10);
  return {
    id: `r-${name}-${day}`,
    fromMs: instantOf(fromWall, zone),
    untilMs: instantOf(untilWall, zone),
    dueMs: instantOf(untilWall + hour * hourMs, zone),
  };
}
