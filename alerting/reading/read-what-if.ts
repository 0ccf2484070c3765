import { z } from 'zod';
import { rest, type Share } from '../../schemas/slo/percent.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Interval } from '../budget/sum-units.js';
import type { Correction } from '../corrections/correction.js';
import type { CurrentSlo } from '../definitions/fold-versions.js';
import { IN_INTERVALS, intervalParams } from './in-intervals.js';
import { planExclusions } from './plan-exclusions.js';
import { readScopes } from './read-scopes.js';
import { seriesKey } from './series-key.js';
import { BY_LATENCY, latencyParams } from './what-if-latency-sql.js';

// Whole numbers wide enough for events times the parts of an objective.
const FIGURES = `
  scope, toFloat64(sum(good)) AS good_sum, toFloat64(sum(total)) AS total_sum, countIf(total > 0) AS minutes,
  countIf((toInt128(total) - toInt128(good)) * {allowedOf: Int64} > toInt128(total) * {allowedParts: Int64}) AS in_breach` as const;

const OF_SCOPES = `
  (empty({scopes: Array(String)}) OR scope IN {scopes: Array(String)}) AND scope NOT IN {others: Array(String)}` as const;

const OF_LEDGER = `
  SELECT ${FIGURES}
  FROM slo_ledger_1m FINAL
  WHERE tenant = {tenant: String} AND series = {series: UInt64} AND ${OF_SCOPES}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    AND ({isWhole: Bool} OR NOT ${IN_INTERVALS})
  GROUP BY scope
  ORDER BY scope
  SETTINGS do_not_merge_across_partitions_select_final = 1, optimize_move_to_prewhere_if_final = 1` as const;

const OF_LATENCY = `
  SELECT ${FIGURES}
  FROM (${BY_LATENCY})
  WHERE ${OF_SCOPES}
  GROUP BY scope
  ORDER BY scope` as const;

const Row = z
  .object({
    scope: z.string(),
    good_sum: z.number(),
    total_sum: z.number(),
    minutes: z.coerce.number(),
    in_breach: z.coerce.number(),
  })
  .transform(
    ({ scope, good_sum, total_sum, minutes, in_breach }): WhatIfRow => ({
      scope,
      good: good_sum,
      total: total_sum,
      minutes,
      minutesInBreach: in_breach,
    }),
  );

export type WhatIfAsked = {
  slo: CurrentSlo;
  scope: string | null;
  from: Date;
  to: Date;
  corrections: readonly Correction[];
  objective: Share;
  /** Another threshold of an objective on latency; null keeps what it counts. */
  underMs: number | null;
};

export type WhatIfRow = {
  scope: string;
  good: number;
  total: number;
  /** Minutes with events, and those of them in which more was bad than the objective allows. */
  minutes: number;
  minutesInBreach: number;
};

/**
 * What a time would have been, less what corrections take out, with another objective or threshold: from the ledger, or for
 * a threshold from the durations it is counted of.
 */
export async function readWhatIf(
  warehouse: TenantWarehouse,
  { slo, scope, from, to, corrections, objective, underMs }: WhatIfAsked,
): Promise<WhatIfRow[]> {
  const { parts, of } = rest(objective);
  const series = seriesKey(slo);
  const read = async (scopes: readonly string[], others: readonly string[], out: readonly Interval[]) => {
    const asked = { scopes, others, from, to, allowedParts: parts, allowedOf: of, isWhole: out.length === 0 };
    const params = { ...asked, ...intervalParams(out) };
    return underMs === null
      ? await warehouse.query(OF_LEDGER, { ...params, series }, Row)
      : await warehouse.query(OF_LATENCY, { ...params, ...latencyParams(slo.definition, underMs) }, Row);
  };
  const chosen = scope === null ? [] : [scope];
  const scopes = scope === null ? await readScopes(warehouse, { series, from, to }, corrections) : chosen;
  const scoped = scopes.map((one) => ({ slo, scope: one }));
  const [fromS, toS] = [from, to].map((at) => Math.floor(at.getTime() / 60_000) * 60);
  const plan = planExclusions(scoped, corrections, fromS ?? 0, toS ?? 0);
  const corrected = plan.flatMap(({ members }) => members.map((one) => one.scope));
  const rows = scope !== null && corrected.length > 0 ? [] : await read(chosen, corrected, []);
  for (const { members, intervals } of plan)
    rows.push(
      ...(await read(
        members.map((one) => one.scope),
        [],
        intervals,
      )),
    );
  return rows.sort((one, other) => (one.scope < other.scope ? -1 : 1));
}
