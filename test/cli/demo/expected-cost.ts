import { customerOf, featureOf } from '../../../cli/demo/fleet/attribution.js';
import { costOfFleet } from '../../../cli/demo/fleet/cost-settings.js';
import { senders } from '../../../cli/demo/fleet/senders.js';
import { billedUnits } from '../../../cli/demo/truth/billed-units.js';
import { shownOf } from '../../../cli/demo/truth/shown.js';
import { decimalText } from '../../../query/cost/exact/decimal-text.js';
import { add, decimal, multiply, type Rational, rational, zero } from '../../../query/cost/exact/rational.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { readCost } from '../../../query/cost/read-cost.js';
import { type CostDimension, noFilter } from '../../../query/cost/store/usage-sql.js';
import { defaultTenant } from '../../../schemas/access.js';
import { Cost } from '../../../schemas/config/cost.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import type { KnownAttempt } from './known-attempts.js';
import { addedMs } from './shared-instances.js';

const times = (units: number, perUnit: string, divisor = 1) =>
  multiply(rational(BigInt(units), BigInt(divisor)), decimal(perUnit));
const mbMsPerGbS = 1_024_000;
/** GHz of the memory sizes the fleet has on Google's first generation. */
const ghz: Readonly<Record<number, string>> = {
  128: '0.2',
  256: '0.4',
  512: '0.8',
  1024: '1.4',
  2048: '2.4',
};

/** What a run that is known costs by the price pages, worked out from the truth alone; `addedMs` as in shared-instances.ts. */
function costOf({ invocation, known }: KnownAttempt, addedMs: number): Rational {
  const { billing, showsCold } = senders[invocation.function.sender];
  const { memoryMb } = invocation.function;
  // Nobody tells of starts on Google, so nobody but Google can bill them.
  const units = billedUnits(showsCold ? invocation : { ...invocation, initUs: 0 });
  const ranMs = Math.ceil(known.durationUs / 1000);
  switch (billing) {
    case 'aws-lambda':
      return add(times(known.billedMs * memoryMb, '0.0000166667', mbMsPerGbS), decimal('0.0000002'));
    case 'gcp-gen1': {
      const ghzMs = multiply(rational(BigInt((units.mbMs ?? 0) / memoryMb)), decimal(ghz[memoryMb] ?? ''));
      const cpu = multiply(multiply(ghzMs, rational(1n, 1000n)), decimal('0.00001'));
      return add(add(times(units.mbMs ?? 0, '0.0000025', mbMsPerGbS), cpu), decimal('0.0000004'));
    }
    case 'gcp-run': {
      const memory = times(addedMs * memoryMb, '0.0000025', mbMsPerGbS);
      return add(add(memory, times(addedMs, '0.000024', 1000)), decimal('0.0000004'));
    }
    case 'cloudflare':
      return add(times(units.cpuUs ?? 0, '0.00000002', 1000), decimal('0.0000003'));
    case 'azure-consumption': {
      // No telemetry tells the memory a run used: all that the function was given is taken, as its owner set it.
      const mbMs = Math.ceil(memoryMb / 128) * 128 * Math.max(100, ranMs);
      return add(times(mbMs, '0.000016', mbMsPerGbS), decimal('0.0000002'));
    }
    case 'self-hosted': {
      const memory = times(addedMs * memoryMb, '0.004237', 1024 * 3_600_000);
      return add(memory, times(addedMs, '0.031611', 3_600_000));
    }
  }
}

/** Costs of the runs that are in question, of all that are known, added up by a label of each. */
export function costBy<Run extends KnownAttempt>(
  known: readonly Run[],
  labelOf: (one: KnownAttempt) => string,
  isAsked: (one: Run) => boolean = () => true,
): Map<string, Rational> {
  const sums = new Map<string, Rational>();
  const added = addedMs(known);
  for (const one of known.filter(isAsked)) {
    sums.set(labelOf(one), add(sums.get(labelOf(one)) ?? zero, costOf(one, added.get(one) ?? 0)));
  }
  return sums;
}

/** As the run's own span says; a run of which only its report tells names nobody. */
export function customerTold({ invocation }: KnownAttempt): string {
  return shownOf(invocation) === null ? '' : customerOf(invocation.function, invocation.traceId);
}

export function featureTold({ invocation }: KnownAttempt): string {
  return shownOf(invocation) === null ? '' : featureOf(invocation.function);
}

export function printedCosts(costs: ReadonlyMap<string, Rational>): Map<string, string> {
  return new Map([...costs].map(([name, cost]) => [name, decimalText(cost, 9)]));
}

/** What Coldburn says of the same, with what telemetry does not tell of Azure, Google and Knative configured by the owners. */
export async function modelledCosts(
  warehouse: Warehouse,
  window: { from: Date; to: Date },
  dimension: CostDimension,
): Promise<Map<string, string>> {
  const settings = costOfFleet(Cost.parse({}));
  const deps = { books: await loadPriceBooks(settings), settings };
  const groupBy = [dimension, 'provider'] as const;
  const question = { ...window, groupBy, tagKey: '', basis: 'list' as const, filter: noFilter };
  const { rows } = await readCost(warehouse.forTenant(defaultTenant), question, deps, new Date());
  const sums = new Map<string, Rational>();
  for (const { labels, costUsd } of rows) {
    const name = labels[dimension] ?? '';
    sums.set(name, add(sums.get(name) ?? zero, decimal(costUsd)));
  }
  return printedCosts(sums);
}
