import { z } from 'zod';
import { billings } from '../cost/usage/billing.js';
import type { DeepReadonly } from './deep-readonly.js';

const text = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(200, { error: 'must be at most 200 characters' });
const decimal = z
  .union([z.string(), z.number().nonnegative()], { error: 'must be a decimal such as "0.0000166667"' })
  .transform(String)
  .pipe(z.string().regex(/^\d{1,24}(\.\d{1,24})?$/, { error: 'must be a decimal such as "0.0000166667"' }));
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a day such as 2026-11-01' });
const megabytes = z.int().positive();
const patterns = z.array(text, { error: 'must be a list of function names; * stands for anything' }).min(1);

/** A rate of one's own: for what the price book lacks, or agreed on with the provider. */
const OwnRate = z.strictObject({
  kind: z.enum(['list', 'negotiated']).prefault('negotiated'),
  provider: text,
  product: text,
  dimension: text,
  region: text.prefault('all'),
  arch: z.enum(['x86_64', 'arm64']).optional(),
  unit: text.optional(),
  price: decimal,
  currency: z.string().length(3).prefault('USD'),
  from: day.optional(),
  to: day.optional(),
  reason: text,
});

/** A Savings Plan or committed use: paid by the hour, used or not, for usage at a discount. */
const Commitment = z.strictObject({
  name: text,
  provider: text,
  product: text,
  dimensions: z.array(text).min(1),
  region: text.optional(),
  usdPerHour: decimal,
  discountRatio: z.string().regex(/^0(\.\d{1,12})?$/, { error: 'must be a share such as "0.12"' }),
  from: day.optional(),
  to: day.optional(),
  reason: text.optional(),
});

const FunctionCost = z.strictObject({
  functions: patterns,
  billing: z.enum(billings).optional(),
  arch: z.enum(['x86_64', 'arm64']).optional(),
  memoryMb: megabytes.optional(),
  vcpu: decimal.optional(),
  ephemeralStorageMb: megabytes.optional(),
  isAsync: z.boolean().optional(),
});

const Provisioned = z.strictObject({
  function: text,
  environment: z.string().prefault(''),
  team: z.string().prefault(''),
  version: z.string().prefault(''),
  alias: z.string().prefault(''),
  account: z.string().prefault(''),
  region: text,
  arch: z.enum(['x86_64', 'arm64']).prefault('x86_64'),
  memoryMb: megabytes,
  concurrency: z.int().positive(),
  from: day.optional(),
  to: day.optional(),
});

const Shared = z.strictObject({
  name: text,
  usdPerMonth: decimal,
  by: z.enum(['cost', 'invocations', 'even']).prefault('cost'),
  from: day.optional(),
  to: day.optional(),
  author: text,
  reason: text,
});

const Budget = z.strictObject({
  name: text,
  team: z.string().optional(),
  environment: z.string().optional(),
  function: text.optional(),
  usdPerMonth: decimal,
});

/** What a business counts by: each successful run of a function, or what a counter of its own adds up to. */
const Unit = z
  .strictObject({
    name: text,
    function: text.optional(),
    metric: text.optional(),
    environment: z.string().optional(),
    costOf: z
      .strictObject({
        team: z.string().optional(),
        environment: z.string().optional(),
        function: text.optional(),
      })
      .prefault({}),
  })
  .refine((unit) => (unit.function === undefined) !== (unit.metric === undefined), {
    error: 'needs either function (each successful run is one) or metric (a counter)',
  });

const telemetryPrice = (what: string) =>
  decimal
    .nullable()
    .prefault(null)
    .describe(`What ${what} of telemetry costs you in dollars; left out, it counts nothing.`);
const Telemetry = z.strictObject({
  usdPerMillionSpans: telemetryPrice('a million spans'),
  usdPerMillionLogs: telemetryPrice('a million log records'),
  usdPerMillionPoints: telemetryPrice('a million metric data points'),
  usdPerGb: telemetryPrice('a gigabyte, before it is packed,'),
});

/** What prices, owners and budgets cannot be learned from telemetry. */
export const Cost = z.strictObject({
  staleAfterDays: z
    .int({ error: 'must be a whole number of days' })
    .positive()
    .prefault(400)
    .describe(
      'A rate read at its source this long before or after the usage is called stale wherever it shows.',
    ),
  cycleDay: z
    .int({ error: 'must be a day from 1 to 28' })
    .min(1)
    .max(28)
    .prefault(1)
    .describe('Day of the month on which the billing cycle begins, at midnight UTC.'),
  rates: z
    .array(OwnRate, { error: 'must be a list of rates' })
    .prefault([])
    .describe(
      'Rates beside the price book: {provider, product, dimension, region, price, reason}; kind is negotiated (used instead of the list price) or list (what the book lacks).',
    ),
  commitments: z
    .array(Commitment, { error: 'must be a list of commitments' })
    .prefault([])
    .describe(
      'Savings Plans and committed use: {name, provider, product, dimensions, usdPerHour, discountRatio}; part of the bases average and marginal.',
    ),
  exchange: z
    .array(z.strictObject({ currency: z.string().length(3), usd: decimal, from: day.optional() }))
    .prefault([])
    .describe('Dollars for one unit of other currencies: {currency, usd, from}.'),
  functions: z
    .array(FunctionCost, { error: 'must be a list of {functions, …}' })
    .prefault([])
    .describe(
      'What telemetry does not tell of functions: {functions, billing, arch, memoryMb, vcpu, ephemeralStorageMb, isAsync}. The first entry that says something counts.',
    ),
  provisioned: z
    .array(Provisioned, { error: 'must be a list of {function, region, memoryMb, concurrency}' })
    .prefault([])
    .describe(
      'Provisioned concurrency that is paid for whether used or not: {function, region, memoryMb, concurrency}.',
    ),
  shared: z
    .array(Shared, { error: 'must be a list of {name, usdPerMonth, by, author, reason}' })
    .prefault([])
    .describe(
      'Cost of no single function, spread over all rows: {name, usdPerMonth, by, author, reason}; by is cost, invocations or even.',
    ),
  units: z
    .array(Unit, { error: 'must be a list of {name, function} or {name, metric}' })
    .prefault([])
    .describe(
      'What cost is divided by, such as orders: {name, function} counts successful runs, {name, metric} a counter; costOf says which cost (all when left out).',
    ),
  telemetry: Telemetry.prefault({}),
  budgets: z
    .array(Budget, { error: 'must be a list of {name, usdPerMonth}' })
    .prefault([])
    .describe('What a team, environment or function may cost in a cycle: {name, team, usdPerMonth}.'),
});

export type CostSettings = DeepReadonly<z.output<typeof Cost>>;
