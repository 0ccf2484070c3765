import { type AnomalyRule, findAnomalies } from '../../query/cost/analysis/find-anomalies.js';
import type { PricedCell } from '../../query/cost/analysis/priced-cell.js';
import { compare, decimal, multiply, rational, sum } from '../../query/cost/exact/rational.js';
import { readPricedCells } from '../../query/cost/read-priced-cells.js';
import { noFilter } from '../../query/cost/store/usage-sql.js';
import { windowText } from '../tiers/window-text.js';
import type { Rule, RuleContext } from './rule.js';
import { usdText } from './usd-text.js';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const windowMs = 15 * minuteMs;
/** Around the same time of the day before: a shop that is busy every evening is not told of every evening. */
const aroundMs = 30 * minuteMs;

export const costAnomaly: Rule = {
  id: 'cost-anomaly',
  title: 'A function costs far more than usual',
  severity: 'ticket',
  why: 'It can be looked at in the morning; a loop, or what comes to as much as a page is worth, pages.',
  minimumMs: 0,
  everyMinutes: 2,
  find: async (context) => {
    const { at, costAlerts } = context;
    const window = { from: new Date(at.getTime() - windowMs), to: at };
    const recent = await read(context, window);
    const rule: AnomalyRule = {
      leastFactor: rational(3n),
      leastPerDay: decimal(costAlerts.ticketUsdPerDay),
    };
    // What does not cost as much altogether cannot be so much more; in calm nothing else is read.
    const daily = multiply(sum(recent.map(({ cost }) => cost)), rational(BigInt(dayMs), BigInt(windowMs)));
    if (compare(daily, rule.leastPerDay) < 0) return [];
    const dayBefore = { from: new Date(window.from.getTime() - dayMs), to: window.from };
    const sameTime = {
      from: new Date(at.getTime() - dayMs - windowMs / 2 - aroundMs),
      to: new Date(at.getTime() - dayMs - windowMs / 2 + aroundMs),
    };
    const usual = await read(context, dayBefore);
    const anomalies = findAnomalies(recent, usual, { windowMs, baselineMs: dayMs }, rule);
    if (anomalies.length === 0) return [];
    const then = await read(context, sameTime);
    const sameTimeToo = new Set(
      findAnomalies(recent, then, { windowMs, baselineMs: 2 * aroundMs }, rule).map(keyOf),
    );
    // The dearest first; a function that two teams call theirs is told once.
    const places = new Set<string>();
    return anomalies
      .filter((one) => sameTimeToo.has(keyOf(one)))
      .filter(({ function: name, environment }) => {
        const isFirst = !places.has(placeOf(name, environment));
        places.add(placeOf(name, environment));
        return isFirst;
      })
      .map((one) => {
        const { function: name, environment, team, cause, factor, effects } = one;
        const isLoop = compare(multiply(decimal(effects.retryUsd), rational(2n)), decimal(one.excessUsd)) > 0;
        const isDear = compare(decimal(one.perDayUsd), decimal(costAlerts.pageUsdPerDay)) >= 0;
        const times = factor === null ? 'nothing before' : `${Number(factor.toPrecision(3))}×`;
        return {
          scope: placeOf(name, environment),
          labels: {
            function: name,
            ...(environment === '' ? {} : { environment }),
            ...(team === '' ? {} : { team, owner: team }),
          },
          verdict: 'reached' as const,
          // What never ran before has no usual cost to run away from.
          severity: factor !== null && (isDear || isLoop) ? ('page' as const) : ('ticket' as const),
          title:
            factor === null
              ? `${name} is new and costs ${usdText(decimal(one.perDayUsd))} a day`
              : `${name} costs ${times} as much as usual`,
          summary: `${usdText(decimal(one.costUsd))} within ${windowText(windowMs)} instead of ${usdText(decimal(one.expectedUsd))}, because of ${cause}; ${usdText(decimal(one.perDayUsd))} more a day if it goes on.`,
          facts: [
            { label: 'More a day', value: usdText(decimal(one.perDayUsd)) },
            { label: 'Of the usual', value: times },
            { label: 'Mostly', value: cause },
          ],
          startedAt: null,
        };
      });
  },
};

async function read(
  { warehouse, at, costs }: RuleContext,
  window: { from: Date; to: Date },
): Promise<PricedCell[]> {
  return (await readPricedCells(warehouse, { ...window, filter: noFilter }, costs, at)).priced;
}

function placeOf(name: string, environment: string): string {
  return environment === '' ? name : `${environment}/${name}`;
}

function keyOf({
  function: name,
  environment,
  team,
}: {
  function: string;
  environment: string;
  team: string;
}) {
  return JSON.stringify([name, environment, team]);
}
