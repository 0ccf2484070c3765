import { z } from 'zod';
import { Instant } from '../instant.js';

const decimalPattern = /^\d{1,24}(\.\d{1,12})?$/;

/** A number, or the same as text where more digits matter. Never below zero. */
const Quantity = z
  .union([
    z.number().nonnegative().max(1e18),
    z.string().regex(decimalPattern, { error: 'must be a decimal number such as "1.5"' }),
  ])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,24}(\.\d{1,24})?(e[+-]?\d{1,2})?$/));
const count = z.number().int().nonnegative().max(1e15);
const megabytes = z.number().int().positive().max(1_048_576);

const place = {
  region: z.string().max(100).default('').meta({ description: "The provider's own name, such as us-east-1" }),
  arch: z
    .enum(['', 'x86_64', 'arm64', 'x86', 'arm', 'amd64', 'aarch64'])
    .default('')
    .meta({ description: 'Left out, x86_64 is assumed where it makes a difference, and said' }),
  at: Instant.optional().meta({
    description: 'When the usage was; now when left out. Prices and rules of that day apply',
  }),
};

/** So many like runs of one function. */
export const InvocationProfile = z
  .strictObject({
    provider: z
      .enum(['aws', 'gcp', 'google', 'azure', 'cloudflare', 'vercel', 'self-hosted', 'knative'])
      .meta({ description: 'Who bills' }),
    service: z.string().max(100).optional().meta({
      description:
        'Which of its products: lambda, lambda-at-edge; cloud-run, cloud-functions-gen1; consumption, flex; workers; fluid',
    }),
    ...place,
    count: count.default(1).meta({ description: 'How many runs' }),
    durationMs: Quantity.default('0').meta({ description: 'Of each run; rounded run by run' }),
    initMs: Quantity.default('0').meta({ description: 'Start of the environment, of each run in coldCount' }),
    coldCount: count
      .optional()
      .meta({ description: 'How many of the runs began with initMs; all when left out' }),
    memoryMb: megabytes.optional().meta({ description: 'Memory given to the function' }),
    usedMemoryMb: megabytes.optional().meta({ description: 'Memory observed; what Azure Consumption bills' }),
    cpuMs: Quantity.optional().meta({ description: 'CPU time of each run; what Cloudflare and Vercel bill' }),
    vcpu: Quantity.optional().meta({ description: 'vCPU of an instance: Cloud Run, self-hosted' }),
    packageType: z.enum(['zip', 'image']).default('zip'),
    runtime: z.enum(['managed', 'custom']).default('managed').meta({
      description: 'Before August 2025 only zip packages on managed runtimes started for free on Lambda',
    }),
    isProvisioned: z.boolean().default(false).meta({ description: 'The runs used provisioned concurrency' }),
    provisioned: z
      .strictObject({ concurrency: count, enabledMs: count })
      .optional()
      .meta({ description: 'Provisioned concurrency itself: enabled time rounds up to five minutes' }),
    ephemeralStorageMb: megabytes.optional().meta({ description: 'Lambda: 512 MB are free' }),
    isAsync: z
      .boolean()
      .default(false)
      .meta({ description: 'Lambda: asynchronous events are counted by size' }),
    payloadBytes: count.optional(),
    streamedBytes: count.optional().meta({ description: 'Lambda: streamed by each response; 6 MB are free' }),
    snapStart: z.strictObject({ versions: count, cachedMs: count, restores: count }).optional().meta({
      description: 'Lambda: cache of each published version (3 hours at least) and restored environments',
    }),
    monthsOfSubscription: z.number().int().nonnegative().max(1200).default(0).meta({
      description: 'Cloudflare: the monthly base price',
    }),
  })
  .meta({ id: 'InvocationProfile' });
export type InvocationProfile = z.output<typeof InvocationProfile>;

/** A line as on a bill, in the unit its rate is for. */
const UsageLineRequest = z
  .strictObject({
    provider: z.string().max(100),
    product: z.string().max(100),
    dimension: z.string().max(100),
    ...place,
    quantity: Quantity,
  })
  .meta({ id: 'UsageLine' });

/** The body of POST /api/v1/cost/price: one profile, or lists of profiles and lines. */
export const PriceRequest = InvocationProfile.extend({
  provider: InvocationProfile.shape.provider.optional(),
  profiles: z.array(InvocationProfile).max(1000).optional().meta({ description: 'Instead of one profile' }),
  lines: z.array(UsageLineRequest).max(10_000).optional().meta({ description: 'Instead of one profile' }),
})
  .refine(
    ({ provider, profiles, lines }) =>
      (provider === undefined) !== (profiles === undefined && lines === undefined),
    {
      path: ['provider'],
      error: 'give either a provider with the profile of a run, or lists: profiles, lines',
    },
  )
  .meta({ id: 'PriceRequest' });
export type PriceRequest = z.output<typeof PriceRequest>;

const usd = (description: string) => z.string().meta({ description });

export const CostNote = z
  .object({
    code: z.enum([
      'missing-rate',
      'stale-rate',
      'unverified-rate',
      'assumed-arch',
      'assumed-capacity',
      'unknown-usage',
      'no-exchange-rate',
    ]),
    message: z.string(),
  })
  .meta({ id: 'CostNote' });
export type CostNote = z.infer<typeof CostNote>;

export const PriceSourceAnswer = z
  .object({ title: z.string(), url: z.string(), asOf: z.string().nullable(), verified: z.boolean() })
  .meta({ id: 'CostPriceSource' });

/** An amount opened: quantity times rate, by which rule, and where the rate was read. */
export const PricedLine = z
  .object({
    provider: z.string(),
    product: z.string(),
    dimension: z.string(),
    region: z.string(),
    arch: z.string(),
    quantity: z.string().meta({ description: 'Decimal, in the unit' }),
    unit: z.string(),
    rateUsd: z
      .string()
      .nullable()
      .meta({ description: 'Null when no rate is known: then costUsd is null too' }),
    costUsd: z.string().nullable(),
    tier: z.string().nullable().meta({ description: "The month's units the rate is for, as from-to" }),
    rule: z.string().meta({ description: 'How usage became this quantity' }),
    priceBook: z.string().meta({ description: 'Version of the price book' }),
    source: PriceSourceAnswer.nullable(),
  })
  .meta({ id: 'PricedLine' });
export type PricedLine = z.infer<typeof PricedLine>;

export const PriceAnswer = z
  .object({
    currency: z.literal('USD'),
    priceBook: z.string(),
    lines: z.array(PricedLine),
    totalUsd: usd('Sum of the lines that have a rate, before the free grant'),
    grants: z.array(
      z.object({
        provider: z.string(),
        product: z.string(),
        dimension: z.string(),
        quantity: z.string().meta({ description: 'Free per month' }),
        usedUsd: usd('What it takes off'),
        scope: z.string(),
        verified: z.boolean(),
      }),
    ),
    totalAfterGrantUsd: usd('totalUsd less the free grant of one month, as if this were all of its usage'),
    notes: z.array(CostNote).meta({ description: 'What is missing, stale, not verified or assumed' }),
  })
  .meta({ id: 'PriceAnswer' });
export type PriceAnswer = z.infer<typeof PriceAnswer>;
