import type { CostSettings } from '../../schemas/config/cost.js';
import type { TelemetryCost } from '../../schemas/cost/telemetry.js';
import { ProblemError } from '../../schemas/problem.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from './cost-deps.js';
import { apportion } from './exact/apportion.js';
import { scaled, scaledText } from './exact/decimal-text.js';
import { compare, decimal, divide, multiply, type Rational, rational, sum, zero } from './exact/rational.js';
import { readCost } from './read-cost.js';
import { readTelemetry, type TelemetryCounts } from './store/read-telemetry.js';
import { noFilter } from './store/usage-sql.js';

const mostFunctions = 20_000;
const million = rational(1_000_000n);
const bytesPerGb = rational(1_000_000_000n);

/** What the telemetry of each function costs at the configured prices, beside what its runs cost. */
export async function readTelemetryCost(
  warehouse: TenantWarehouse,
  { from, to }: { from: Date; to: Date },
  deps: CostDeps,
  now: Date,
  options?: StatementOptions,
): Promise<TelemetryCost> {
  const prices = deps.settings.telemetry;
  const question = { from, to, bytes: prices.usdPerGb !== null, limit: mostFunctions + 1 };
  const [counts, cost] = await Promise.all([
    readTelemetry(warehouse, question, options),
    readCost(
      warehouse,
      { from, to, groupBy: ['function'], tagKey: '', basis: 'list', filter: noFilter },
      { ...deps, settings: { ...deps.settings, shared: [] } },
      now,
      options,
    ),
  ]);
  if (counts.length > mostFunctions)
    throw new ProblemError(
      'QUERY_LIMIT',
      `More than ${mostFunctions} functions and services sent telemetry.`,
    );
  const runs = new Map(
    cost.rows.map(({ labels, costUsd, lines }) => [
      labels['function'] ?? '',
      lines.length > 0 && lines.every((line) => line.costUsd !== null) ? costUsd : null,
    ]),
  );
  const exact = counts.map((one) => ({ one, amount: amountOf(one, prices) }));
  exact.sort((a, b) => compare(b.amount, a.amount) || (a.one.function < b.one.function ? -1 : 1));
  const total = scaled(sum(exact.map(({ amount }) => amount)));
  const printed = apportion(
    exact.map(({ amount }) => amount),
    total,
  );
  return {
    from: cost.from,
    to: cost.to,
    isPriced: Object.values(prices).some((price) => price !== null),
    rows: exact.map(({ one, amount }, index) => {
      const functionUsd = runs.get(one.function) ?? null;
      return {
        function: one.function,
        spans: Number(one.spans),
        logs: Number(one.logs),
        metricPoints: Number(one.points),
        bytes: prices.usdPerGb === null ? null : Number(one.bytes),
        telemetryUsd: scaledText(printed[index] ?? 0n),
        functionUsd,
        ratio: ratioOf(amount, functionUsd),
      };
    }),
    totalUsd: scaledText(total),
    priceBook: cost.priceBook,
  };
}

function amountOf(
  { spans, logs, points, bytes }: TelemetryCounts,
  prices: CostSettings['telemetry'],
): Rational {
  const of = (quantity: bigint, per: Rational, price: string | null) =>
    price === null ? zero : multiply(divide(rational(quantity), per), decimal(price));
  return sum([
    of(spans, million, prices.usdPerMillionSpans),
    of(logs, million, prices.usdPerMillionLogs),
    of(points, million, prices.usdPerMillionPoints),
    of(bytes, bytesPerGb, prices.usdPerGb),
  ]);
}

function ratioOf(amount: Rational, functionUsd: string | null): number | null {
  if (functionUsd === null) return null;
  const cost = decimal(functionUsd);
  return cost.n <= 0n ? null : Number(scaled(divide(amount, cost), 6)) / 1e6;
}
