import { z } from 'zod';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

// Errors whose words say that somebody was not let in, held against all runs of the function.
const SQL = `
  SELECT e.function AS function, e.environment AS environment, any(g.title) AS title,
    toFloat64(sumIf(told, e.minute >= toDateTime({recent: DateTime64(3, 'UTC')}))) AS denied,
    toFloat64(sumIf(told, e.minute < toDateTime({earlier: DateTime64(3, 'UTC')}))) AS denied_before,
    any(r.runs) AS runs, any(r.runs_before) AS runs_before
  FROM (
    SELECT function, environment, fingerprint, minute, greatest(sum(spans), sum(logs)) AS told FROM errors_1m
    WHERE tenant = {tenant: String} AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    GROUP BY function, environment, fingerprint, minute) AS e
  INNER JOIN (
    SELECT fingerprint, anyLast(g.title) AS title FROM error_groups AS g WHERE tenant = {tenant: String}
    GROUP BY fingerprint
    HAVING match(title, {words: String})) AS g ON g.fingerprint = e.fingerprint
  INNER JOIN (
    SELECT function, environment, sumIf(i.n * weight, i.minute >= toDateTime({recent: DateTime64(3, 'UTC')})) AS runs,
      sumIf(i.n * weight, i.minute < toDateTime({earlier: DateTime64(3, 'UTC')})) AS runs_before
    FROM invocations_1m AS i
    WHERE tenant = {tenant: String} AND minute >= toDateTime({from: DateTime64(3, 'UTC')}) AND minute < toDateTime({to: DateTime64(3, 'UTC')})
    GROUP BY function, environment) AS r ON r.function = e.function AND r.environment = e.environment
  GROUP BY function, environment
  HAVING denied > 0 AND runs > 0` as const;

const Row = z.object({
  function: z.string(),
  environment: z.string(),
  title: z.string(),
  denied: z.number(),
  denied_before: z.number(),
  runs: z.number(),
  runs_before: z.number(),
});

const words =
  '(?i)(\\b401\\b|\\b403\\b|unauthori[sz]ed|forbidden|access ?denied|(expired|invalid|bad|unrecogni[sz]ed) ?(security)? ?(token|credential|key|client|signature|password)|token ?expired|authentication|not authori[sz]ed|permission denied)';
const dayMs = 86_400_000;
const recentMs = 15 * 60_000;
/** What is usual is told by the day before the last hour: a fault does not become usual by going on. */
const earlierMs = 60 * 60_000;
const aboveRatio = 0.05;
const fewest = 3;
const timesUsual = 3;

export const credentialFailures: Rule = {
  id: 'credential-failures',
  title: 'A function is not let in any more',
  severity: 'page',
  why: 'An expired secret or a withdrawn right does not heal by itself.',
  minimumMs: 0,
  find: async ({ warehouse, at }) => {
    const window = {
      from: new Date(at.getTime() - dayMs),
      recent: new Date(at.getTime() - recentMs),
      earlier: new Date(at.getTime() - earlierMs),
      to: at,
    };
    const rows = await warehouse.query(SQL, { ...window, words }, Row);
    return rows.flatMap(
      ({ function: name, environment, title, denied, denied_before, runs, runs_before }) => {
        const ratio = Math.min(1, denied / runs);
        const usual = runs_before <= 0 ? 0 : denied_before / runs_before;
        if (ratio <= aboveRatio || ratio < timesUsual * usual) return [];
        return [
          {
            scope: environment === '' ? name : `${environment}/${name}`,
            labels: { function: name, ...(environment === '' ? {} : { environment }) },
            verdict: denied >= fewest ? ('reached' as const) : ('held' as const),
            title: `${name} is refused for want of permission`,
            summary: `${Math.round(denied)} errors such as "${title.slice(0, 120)}" in ${Math.round(runs)} runs within 15m.`,
            facts: [
              { label: 'Refused in 15m', value: percent(ratio) },
              { label: 'Usual share', value: percent(usual) },
            ],
            startedAt: null,
          },
        ];
      },
    );
  },
};
