import type { Share } from '../../schemas/slo/percent.js';
import type { CalendarUnit } from '../../schemas/slo/period.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { nothing, type Sum } from '../budget/budget.js';
import { type CalendarPeriod, calendarPeriods } from '../budget/calendar-periods.js';
import { type InForce, objectiveInForce } from '../budget/objective-in-force.js';
import type { Correction } from '../corrections/correction.js';
import type { CurrentSlo, SloVersion } from '../definitions/fold-versions.js';
import { readWindowSums } from './read-window-sums.js';

export type ComplianceAsked = {
  slo: CurrentSlo;
  /** Its history, in order. */
  versions: readonly SloVersion[];
  unit: CalendarUnit;
  zone: string;
  count: number;
  now: Date;
  corrections: readonly Correction[];
};

export type Judged = Sum & { ratio: number | null; met: boolean | null };
export type JudgedPeriod = CalendarPeriod &
  Judged & { inForce: InForce; isOver: boolean; isExact: boolean; raw: Judged };
export type ScopedCompliance = { scope: string; periods: JudgedPeriod[] };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Minutes of the ledger are kept a day longer than this. */
const minutesKeptMs = 94 * 24 * hourMs;

/** Whether an objective was kept in calendar periods, for each of its scopes; the one that kept least first. */
export async function readCompliance(
  warehouse: TenantWarehouse,
  { slo, versions, unit, zone, count, now, corrections }: ComplianceAsked,
): Promise<ScopedCompliance[]> {
  const end = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  const periods = calendarPeriods(unit, zone, end, count);
  const starts = periods.map(({ from }) => from);
  const rows = await readWindowSums(warehouse, { slos: [slo], starts, end, now, corrections });
  const isKept = (at: Date) => at.getTime() % hourMs === 0 || now.getTime() - at.getTime() < minutesKeptMs;
  const scopes = rows.length === 0 ? [{ scope: '', sums: [], raw: [] }] : rows;
  const judged = scopes.map(({ scope, sums, raw }): ScopedCompliance => {
    const told = periods.flatMap((period, index): JudgedPeriod[] => {
      const inForce = objectiveInForce(versions, period.from, period.to);
      if (inForce === null) return [];
      const { objective } = inForce;
      const isOver = period.to <= end;
      const isExact = isKept(period.from) && isKept(period.to);
      const own = judge(partOf(sums, index), objective);
      return [{ ...period, ...own, inForce, isOver, isExact, raw: judge(partOf(raw, index), objective) }];
    });
    return { scope, periods: told };
  });
  const rank = ({ periods: some }: ScopedCompliance) => Math.min(...some.map(({ ratio }) => ratio ?? 1));
  return judged.sort((one, other) => rank(one) - rank(other) || (one.scope < other.scope ? -1 : 1));
}

/** All windows end now, so a period is its window less the one of the period after it. */
function partOf(sums: readonly Sum[], index: number): Sum {
  const own = sums[index] ?? nothing;
  const later = index === 0 ? nothing : (sums[index - 1] ?? nothing);
  return { good: Math.max(0, own.good - later.good), total: Math.max(0, own.total - later.total) };
}

/** Met by whole numbers: good / total at or above the objective. */
function judge({ good, total }: Sum, { parts, of }: Share): Judged {
  if (total === 0) return { good, total, ratio: null, met: null };
  return { good, total, ratio: good / total, met: BigInt(good) * of >= BigInt(total) * parts };
}
