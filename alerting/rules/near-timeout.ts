import { z } from 'zod';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

// No sender tells the limit; runs that were stopped at it do.
const SQL = `
  SELECT function, environment,
    minIf(duration_ns, outcome = 'timeout') AS limit_ns,
    sumIf(sign * weight, outcome = 'timeout' AND sign > 0) AS timeouts,
    sumIf(sign * weight, started_at >= {recent: DateTime64(3, 'UTC')}) AS runs,
    sumIf(sign * weight, started_at >= {recent: DateTime64(3, 'UTC')} AND outcome != 'timeout'
      AND duration_ns >= 0.95 * limits.limit_ns) AS near
  FROM invocations INNER JOIN (
    SELECT function, environment, min(duration_ns) AS limit_ns FROM invocations
    WHERE tenant = {tenant: String} AND outcome = 'timeout' AND sign > 0
      AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
    GROUP BY function, environment) AS limits USING (function, environment)
  WHERE tenant = {tenant: String} AND started_at >= {from: DateTime64(3, 'UTC')} AND started_at < {to: DateTime64(3, 'UTC')}
  GROUP BY function, environment
  HAVING near >= 1` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  limit_ns: z.coerce.number(),
  timeouts: z.number(),
  runs: z.number(),
  near: z.number(),
});

const dayMs = 86_400_000;
const recentMs = 3_600_000;
const aboveRatio = 0.05;
const fewestNear = 3;

export const nearTimeout: Rule = {
  id: 'near-timeout',
  title: 'Runs come close to their time limit',
  severity: 'ticket',
  why: 'A little slower, and they are cut off; time-outs themselves are failures and page by their objective.',
  minimumMs: 300_000,
  find: async ({ warehouse, at }) => {
    const window = {
      from: new Date(at.getTime() - dayMs),
      recent: new Date(at.getTime() - recentMs),
      to: at,
    };
    const rows = await warehouse.query(SQL, window, Row);
    return rows.flatMap(({ function: name, environment, limit_ns, runs, near }) => {
      if (runs <= 0 || near / runs <= aboveRatio) return [];
      return [
        {
          scope: environment === '' ? name : `${environment}/${name}`,
          labels: { function: name, ...(environment === '' ? {} : { environment }) },
          verdict: near >= fewestNear ? ('reached' as const) : ('held' as const),
          title: `${name} comes close to its time limit`,
          summary: `${Math.round(near)} of ${Math.round(runs)} runs took more than 95 % of ${Math.round(limit_ns / 1e6)} ms within 1h, the limit others were stopped at.`,
          facts: [
            { label: 'Close to the limit', value: percent(near / runs) },
            { label: 'Limit', value: `${Math.round(limit_ns / 1e6)} ms` },
          ],
          startedAt: null,
        },
      ];
    });
  },
};
