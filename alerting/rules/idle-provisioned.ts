import { byFunction } from '../../query/cost/analysis/by-function.js';
import { findWaste } from '../../query/cost/analysis/find-waste.js';
import { standingLines } from '../../query/cost/attribution/standing-lines.js';
import { add, compare, decimal, multiply, zero } from '../../query/cost/exact/rational.js';
import { cellPricing, readPricedCells } from '../../query/cost/read-priced-cells.js';
import { noFilter } from '../../query/cost/store/usage-sql.js';
import type { Finding, Rule } from './rule.js';
import { percent } from './shares.js';
import { usdText } from './usd-text.js';

const dayMs = 86_400_000;
/** On demand is cheaper below a busy share of 60 %; far below it, it is no matter of a quiet day. */
const busyBelow = 0.2;

export const idleProvisioned: Rule = {
  id: 'idle-provisioned',
  title: 'Provisioned concurrency stands idle',
  severity: 'ticket',
  why: 'It costs money and harms nobody.',
  minimumMs: 0,
  everyMinutes: 60,
  find: async ({ warehouse, at, costs, costAlerts }) => {
    const window = { from: new Date(at.getTime() - dayMs), to: at };
    const isWhole = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
      (from === undefined || Date.parse(from) <= window.from.getTime()) &&
      (to === undefined || Date.parse(to) >= window.to.getTime());
    // What was there for a part of the day says little of a day.
    const entries = costs.settings.provisioned.filter(isWhole);
    const findings: Finding[] = [];
    for (const entry of entries) {
      const { function: name, environment, team } = entry;
      const filter = { ...noFilter, function: name, environment: environment === '' ? null : environment };
      const { priced } = await readPricedCells(warehouse, { ...window, filter }, costs, at);
      const { pricing } = cellPricing(costs, window.from);
      const lines = standingLines([entry], window, [], dayMs, () => true);
      let [cost, gbS] = [zero, zero];
      for (const { line, month, at: since } of lines) {
        const price = pricing.of(line, month, since);
        gbS = add(gbS, line.quantity);
        if (price !== null) cost = add(cost, multiply(line.quantity, price.perUnit));
      }
      const cells = [...byFunction(priced).values()].flatMap((one) => one.cells);
      const { items } = findWaste({ function: name, environment, team }, cells, { cost, gbS });
      const idle = items.find(({ kind }) => kind === 'idleProvisioned');
      if (idle === undefined || idle.busyRatio === null || idle.busyRatio >= busyBelow) continue;
      const wasted = decimal(idle.costUsd);
      if (compare(wasted, decimal(costAlerts.ticketUsdPerDay)) < 0) continue;
      findings.push({
        scope: [environment, name, entry.version, entry.alias].filter((part) => part !== '').join('/'),
        labels: {
          function: name,
          ...(environment === '' ? {} : { environment }),
          ...(team === '' ? {} : { team, owner: team }),
        },
        verdict: 'reached',
        title: `Provisioned concurrency of ${name} stands idle`,
        summary: `${entry.concurrency} instances of ${entry.memoryMb} MB were busy ${percent(idle.busyRatio)} of the day; ${usdText(wasted)} of it paid for nothing. On demand is cheaper below 60 %.`,
        facts: [
          { label: 'Busy', value: percent(idle.busyRatio) },
          { label: 'Idle cost of a day', value: usdText(wasted) },
        ],
        startedAt: null,
      });
    }
    return findings;
  },
};
