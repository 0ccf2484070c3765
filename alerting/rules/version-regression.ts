import { z } from 'zod';
import { binomialTail } from '../decide/binomial-tail.js';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

// Versions that ran side by side or one after the other: the newest against all that were there before it, over the time since
// it first ran and as long before. Slow is slower than 95 of 100 runs of the others.
const SQL = `
  WITH newest AS (
    SELECT function, environment, argMax(version, first) AS version, max(first) AS since
    FROM (
      SELECT function, environment, version, min(first_at) AS first FROM function_versions
      WHERE tenant = {tenant: String} GROUP BY function, environment, version)
    GROUP BY function, environment
    HAVING count() > 1 AND since >= {from: DateTime64(3, 'UTC')} AND since < {to: DateTime64(3, 'UTC')}
  )
  SELECT i.function AS function, i.environment AS environment, any(n.version) AS version,
    toUnixTimestamp64Milli(any(n.since)) AS since_ms,
    sumIf(i.n * weight, i.version = n.version) AS new_runs,
    sumIf(i.n * weight, i.version = n.version AND outcome NOT IN ('ok', 'throttled')) AS new_failed,
    sumIf(i.n * weight, i.version != n.version) AS old_runs,
    sumIf(i.n * weight, i.version != n.version AND outcome NOT IN ('ok', 'throttled')) AS old_failed
  FROM invocations_1m AS i INNER JOIN newest AS n ON n.function = i.function AND n.environment = i.environment
  WHERE tenant = {tenant: String} AND i.minute >= toDateTime({from: DateTime64(3, 'UTC')}) - toIntervalDay(1)
    AND i.minute < toDateTime({to: DateTime64(3, 'UTC')})
  GROUP BY function, environment
  HAVING new_runs > 0 AND old_runs > 0` as const;

const LATENCY = `
  WITH (
    SELECT quantileExactWeighted(0.95)(bucket, toUInt64(greatest(0, l.n))) FROM latency_1m AS l
    WHERE tenant = {tenant: String} AND function = {function: String} AND environment = {environment: String}
      AND version != {version: String} AND NOT failed
      AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
  ) AS edge
  SELECT toFloat64(sumIf(l.n, version = {version: String} AND bucket > edge)) AS new_slow,
    toFloat64(sumIf(l.n, version = {version: String})) AS new_runs,
    toFloat64(sumIf(l.n, version != {version: String} AND bucket > edge)) AS old_slow,
    toFloat64(sumIf(l.n, version != {version: String})) AS old_runs
  FROM latency_1m AS l
  WHERE tenant = {tenant: String} AND function = {function: String} AND environment = {environment: String} AND NOT failed
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  version: z.string(),
  since_ms: z.coerce.number(),
  new_runs: z.number(),
  new_failed: z.number(),
  old_runs: z.number(),
  old_failed: z.number(),
});
const Slow = z.object({
  new_slow: z.number(),
  new_runs: z.number(),
  old_slow: z.number(),
  old_runs: z.number(),
});

const dayMs = 86_400_000;
const fewestRuns = 20;
const fewestBad = 5;
const timesWorse = 2;
/** Looked at on every tick of a day, so much less than one in a hundred. */
const level = 1e-4;
const mostCompared = 30;

type Counts = { newBad: number; newRuns: number; oldBad: number; oldRuns: number };

/**
 * Whether the new version has so many of the bad runs that its share of all runs does not explain it (the exact test of two
 * shares given their sum), and at least twice as often.
 */
export function isWorse({ newBad, newRuns, oldBad, oldRuns }: Counts): boolean {
  if (newRuns < fewestRuns || newBad < fewestBad || oldRuns < fewestRuns) return false;
  if (newBad / newRuns < timesWorse * (oldBad / oldRuns)) return false;
  return binomialTail(Math.round(newBad), Math.round(newBad + oldBad), newRuns / (newRuns + oldRuns)) < level;
}

export const versionRegression: Rule = {
  id: 'version-regression',
  title: 'A new version is worse than the one before',
  severity: 'ticket',
  why: 'It can be rolled back before the budget is gone; if it burns fast, the objective pages.',
  minimumMs: 0,
  find: async ({ warehouse, at }) => {
    const window = { from: new Date(at.getTime() - dayMs), to: at };
    const rows = await warehouse.query(SQL, window, Row);
    const findings = [];
    for (const row of rows.slice(0, mostCompared)) {
      const { function: name, environment, version } = row;
      const errors = {
        newBad: row.new_failed,
        newRuns: row.new_runs,
        oldBad: row.old_failed,
        oldRuns: row.old_runs,
      };
      const [slow] = await warehouse.query(
        LATENCY,
        { ...window, function: name, environment, version },
        Slow,
      );
      const latency = {
        newBad: slow?.new_slow ?? 0,
        newRuns: slow?.new_runs ?? 0,
        oldBad: slow?.old_slow ?? 0,
        oldRuns: slow?.old_runs ?? 0,
      };
      const what = isWorse(errors) ? 'fails' : isWorse(latency) ? 'is slow' : null;
      if (what === null) continue;
      const { newBad, newRuns, oldBad, oldRuns } = what === 'fails' ? errors : latency;
      findings.push({
        scope: environment === '' ? name : `${environment}/${name}`,
        labels: { function: name, ...(environment === '' ? {} : { environment }) },
        verdict: 'reached' as const,
        title: `Version ${version} of ${name} ${what} more often than the one before`,
        summary: `It ${what} in ${percent(newBad / newRuns)} of ${Math.round(newRuns)} runs, earlier versions in ${percent(oldBad / oldRuns)} of ${Math.round(oldRuns)}.`,
        facts: [
          { label: `Version ${version}`, value: `${Math.round(newBad)} of ${Math.round(newRuns)}` },
          { label: 'Earlier versions', value: `${Math.round(oldBad)} of ${Math.round(oldRuns)}` },
        ],
        startedAt: new Date(row.since_ms),
      });
    }
    return findings;
  },
};
