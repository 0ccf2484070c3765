import { readCoverage } from '../../query/coverage/read-coverage.js';
import { binomialTail } from '../decide/binomial-tail.js';
import { readFigures } from './read-figures.js';
import type { Finding, Rule, RuleContext } from './rule.js';
import { findShares, percent } from './shares.js';

const minuteMs = 60_000;
const windowMs = 15 * minuteMs;
const above = 0.05;
const atLeast = 5;
const fewestCalls = 50;
const timesUsual = 3;

export const throttling: Rule = {
  id: 'throttling',
  title: 'Calls are throttled',
  severity: 'page',
  why: 'A throttled call is a user or an event that was turned away.',
  minimumMs: 120_000,
  find: async (context) => {
    const seen = findShares(await readFigures(context), {
      part: ({ throttled }) => throttled,
      above,
      atLeast,
      fewestRuns: fewestCalls,
      timesUsual,
      says: 'were throttled',
      title: (name) => `${name} is throttled`,
    });
    const counted = await findCounted(context);
    // A refused call leaves no trace on most platforms, so what the provider counts goes first.
    const places = new Set(counted.map(({ scope }) => scope));
    return [...counted, ...seen.filter(({ scope }) => !places.has(scope))];
  },
};

/** By the provider's own counts, in the minutes it has told so far. */
async function findCounted({ warehouse, at }: RuleContext): Promise<Finding[]> {
  const read = async (from: number, to: number, name: string | null) => {
    const asked = {
      from: new Date(at.getTime() - from),
      to: new Date(at.getTime() - to),
      function: name,
      environment: null,
      countedOnly: true,
    };
    const rows = await readCoverage(warehouse, { ...asked, stepSeconds: (from - to) / 1000, limit: 10_000 });
    return rows.map((row) => {
      const throttled = row.throttles ?? 0;
      return { ...row, throttled, calls: throttled + (row.counts?.counted ?? 0) };
    });
  };
  const findings: Finding[] = [];
  for (const { function: name, environment, throttled, calls } of await read(windowMs, 0, null)) {
    const share = calls === 0 ? 0 : throttled / calls;
    if (share <= above) continue;
    const before = (await read(1440 * minuteMs, 60 * minuteMs, name)).find(
      (one) => one.environment === environment,
    );
    const usual = before === undefined || before.calls === 0 ? 0 : before.throttled / before.calls;
    if (share < timesUsual * usual) continue;
    const isSure =
      calls >= fewestCalls &&
      throttled >= atLeast &&
      binomialTail(Math.round(throttled), Math.round(calls), above) < 0.01;
    findings.push({
      scope: environment === '' ? name : `${environment}/${name}`,
      labels: { function: name, ...(environment === '' ? {} : { environment }) },
      verdict: isSure ? 'reached' : 'held',
      title: `${name} is throttled`,
      summary: `The provider refused ${Math.round(throttled)} of ${Math.round(calls)} calls within 15m (${percent(share)}; usually ${percent(usual)}).`,
      facts: [
        { label: 'Share in 15m', value: percent(share) },
        { label: 'Limit', value: percent(above) },
        { label: 'Usual share', value: percent(usual) },
      ],
      startedAt: null,
    });
  }
  return findings;
}
