import { z } from 'zod';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

// The limit is not told; the most that ran at once in minutes in which calls were throttled is where it lies.
const SQL = `
  SELECT c.function AS function, c.environment AS environment, max(limits.most) AS limit_runs,
    maxIf(c.running_max, c.minute >= toDateTime({recent: DateTime64(3, 'UTC')})) AS running
  FROM (SELECT * FROM concurrency_1m FINAL WHERE tenant = {tenant: String}
    AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})) AS c
  INNER JOIN (
    SELECT t.function AS function, t.environment AS environment, max(running_max) AS most
    FROM (SELECT * FROM concurrency_1m FINAL WHERE tenant = {tenant: String}
      AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})) AS k
    INNER JOIN (
      SELECT function, environment, minute FROM invocations_1m
      WHERE tenant = {tenant: String} AND outcome = 'throttled'
        AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
      GROUP BY function, environment, minute HAVING sum(n) > 0) AS t
    ON t.function = k.function AND t.environment = k.environment AND t.minute = k.minute
    GROUP BY function, environment) AS limits
  ON limits.function = c.function AND limits.environment = c.environment
  GROUP BY function, environment
  HAVING running > 0 AND limit_runs >= 5` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  limit_runs: z.number(),
  running: z.number(),
});

const dayMs = 86_400_000;
const recentMs = 5 * 60_000;
const aboveRatio = 0.9;

export const concurrencyNearLimit: Rule = {
  id: 'concurrency-near-limit',
  title: 'As many runs at once as when calls were throttled',
  severity: 'ticket',
  why: 'The next burst is throttled; while it is, the rule on throttling pages.',
  minimumMs: 300_000,
  find: async ({ warehouse, at }) => {
    const window = {
      from: new Date(at.getTime() - 7 * dayMs),
      recent: new Date(at.getTime() - recentMs),
      to: at,
    };
    const rows = await warehouse.query(SQL, window, Row);
    return rows
      .filter(({ running, limit_runs }) => running >= aboveRatio * limit_runs)
      .map(({ function: name, environment, running, limit_runs }) => ({
        scope: environment === '' ? name : `${environment}/${name}`,
        labels: { function: name, ...(environment === '' ? {} : { environment }) },
        verdict: 'reached' as const,
        title: `${name} runs close to its limit of concurrency`,
        summary: `${running} ran at once within 5m; calls were throttled at ${limit_runs} in the last 7 days.`,
        facts: [{ label: 'Of the limit', value: percent(running / limit_runs) }],
        startedAt: null,
      }));
  },
};
