import { z } from 'zod';
import { bucketOf, bucketRange } from '../../query/latency/bucket.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { Evaluation } from '../evaluate/evaluate.js';

const IN_MINUTES = `
  tenant = {tenant: String}
  AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  AND (empty({only: Array(UInt32)}) OR has({only: Array(UInt32)}, toUnixTimestamp(minute)))` as const;

// `n` of the rollup less `superseded` counts each request by its final run: settling marks every earlier one.
const COUNTS = `
  SELECT toUnixTimestamp(minute) AS minute_s, function, environment, team, region, provider, version, alias, trigger, cold,
    sumIf(i.n * weight, outcome = 'ok') AS ok, sum(i.n * weight) AS runs,
    sumIf((i.n - i.superseded) * weight, outcome = 'ok') AS final_ok, sum((i.n - i.superseded) * weight) AS final_runs,
    sumIf(i.n * weight, outcome NOT IN ('throttled', 'rejected')) AS ran,
    sumIf(i.n * weight, outcome IN ('error', 'timeout', 'oom')) AS failed, sumIf(i.n * weight, outcome = 'timeout') AS timeouts,
    sum(i.retries * weight) AS again, sum(i.duplicates * weight) AS double
  FROM invocations_1m AS i
  WHERE ${IN_MINUTES}
  GROUP BY minute_s, function, environment, team, region, provider, version, alias, trigger, cold` as const;

const UNDER = `
  SELECT toUnixTimestamp(minute) AS minute_s, function, environment, team, region, provider, version, cold, failed,
    sum(l.n * weight) AS runs,
    sumForEach(arrayMap((edge, part) -> l.n * weight * multiIf(bucket < edge, 1., bucket = edge, part, 0.),
      {edges: Array(UInt16)}, {parts: Array(Float64)})) AS under
  FROM latency_1m AS l
  WHERE ${IN_MINUTES}
  GROUP BY minute_s, function, environment, team, region, provider, version, cold, failed` as const;

const place = {
  minute_s: z.coerce.number(),
  function: z.string(),
  environment: z.string(),
  team: z.string(),
  region: z.string(),
  provider: z.string(),
  version: z.string(),
  cold: z.coerce.boolean(),
  runs: z.number(),
};
const CountsRow = z.object({
  ...place,
  alias: z.string(),
  trigger: z.string(),
  ok: z.number(),
  final_ok: z.number(),
  final_runs: z.number(),
  ran: z.number(),
  failed: z.number(),
  timeouts: z.number(),
  again: z.number(),
  double: z.number(),
});
const UnderRow = z.object({ ...place, failed: z.coerce.boolean(), under: z.array(z.number()) });

/** Minutes in [from, to); of those, when `only` is not empty, the listed ones (seconds since the epoch). */
export type MinutesAsked = { from: Date; to: Date; only: readonly number[] };

/** Reads the sums of some minutes with at most two statements, and gives every row to the evaluation. */
export async function readSums(
  warehouse: TenantWarehouse,
  asked: MinutesAsked,
  wants: { counts: boolean; thresholdsMs: readonly number[] },
  into: Evaluation,
): Promise<void> {
  if (wants.counts)
    for await (const row of warehouse.stream(COUNTS, asked, CountsRow))
      into.addCounts({
        place: row,
        minuteMs: row.minute_s * 1000,
        cold: row.cold,
        ok: row.ok,
        n: row.runs,
        finalOk: row.final_ok,
        finalN: row.final_runs,
        ran: row.ran,
        failed: row.failed,
        timeouts: row.timeouts,
        retries: row.again,
        duplicates: row.double,
      });
  if (wants.thresholdsMs.length === 0) return;
  const edges = wants.thresholdsMs.map((ms) => bucketOf(ms * 1000));
  const parts = wants.thresholdsMs.map((ms, index) => {
    const { lowUs, highUs } = bucketRange(edges[index] ?? 0);
    return (ms * 1000 - lowUs) / (highUs - lowUs);
  });
  for await (const row of warehouse.stream(UNDER, { ...asked, edges, parts }, UnderRow))
    into.addLatency({
      place: { ...row, alias: '', trigger: '' },
      minuteMs: row.minute_s * 1000,
      cold: row.cold,
      failed: row.failed,
      n: row.runs,
      under: row.under,
    });
}
