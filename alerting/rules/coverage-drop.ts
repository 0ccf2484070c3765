import { readCoverage } from '../../query/coverage/read-coverage.js';
import { binomialTail } from '../decide/binomial-tail.js';
import type { Rule } from './rule.js';
import { percent } from './shares.js';

/** The clouds tell their counts some minutes late. */
const windowMs = 30 * 60_000;
const lateMs = 5 * 60_000;
const leastCovered = 0.9;
const fewestCounted = 20;

export const coverageDrop: Rule = {
  id: 'coverage-drop',
  title: 'Runs are missing from telemetry',
  severity: 'ticket',
  why: 'Functions may be fine; but objectives count only what is seen.',
  minimumMs: 600_000,
  find: async ({ warehouse, at }) => {
    const to = new Date(at.getTime() - lateMs);
    const readings = await readCoverage(warehouse, {
      from: new Date(to.getTime() - windowMs),
      to,
      function: null,
      environment: null,
      stepSeconds: windowMs / 1000,
      countedOnly: true,
      limit: 10_000,
    });
    return readings.flatMap(({ function: name, environment, counts }) => {
      if (counts === null || counts.counted < 1) return [];
      const missing = Math.max(0, Math.round(counts.counted - counts.seen));
      const ratio = Math.min(1, counts.seen / counts.counted);
      if (ratio >= leastCovered) return [];
      const isSure =
        counts.counted >= fewestCounted &&
        binomialTail(missing, Math.round(counts.counted), 1 - leastCovered) < 0.01;
      return [
        {
          scope: environment === '' ? name : `${environment}/${name}`,
          labels: { function: name, ...(environment === '' ? {} : { environment }) },
          verdict: isSure ? ('reached' as const) : ('held' as const),
          title: `${percent(1 - ratio)} of the runs of ${name} are not seen`,
          summary: `The provider counted ${Math.round(counts.counted)} runs within 30m, ${Math.round(counts.seen)} were seen.`,
          facts: [
            { label: 'Seen', value: percent(ratio) },
            { label: 'Counted by the provider', value: String(Math.round(counts.counted)) },
          ],
          startedAt: null,
        },
      ];
    });
  },
};
