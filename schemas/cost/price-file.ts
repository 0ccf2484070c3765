import { z } from 'zod';

/** A number as text, so that no binary fraction ever stands for money. */
const DecimalText = z
  .string()
  .regex(/^-?\d{1,24}(\.\d{1,24})?$/, { error: 'must be a decimal such as "0.0000166667"' });
const Day = z.iso.date();

/** Where a figure was read. */
export const PriceSource = z.strictObject({
  title: z.string(),
  url: z.string(),
  asOf: Day.nullable(),
  kind: z.string(),
});
export type PriceSource = z.infer<typeof PriceSource>;

/** What one unit costs, where and from when. */
export const Rate = z.strictObject({
  provider: z.string(),
  product: z.string(),
  dimension: z.string(),
  /** A region, a tier of regions, or `all`, `global`, `default`. */
  region: z.string(),
  /** Left out where all cost the same. */
  arch: z.enum(['x86_64', 'arm64']).optional(),
  unit: z.string(),
  price: DecimalText,
  currency: z.string().length(3).default('USD'),
  /** Of a graduated price: the month's units this one is for, [from, to). */
  tier: z.strictObject({ from: DecimalText, to: DecimalText.nullable() }).optional(),
  /** In force in [from, to); left out: as far as anybody knows. */
  from: Day.optional(),
  to: Day.optional(),
  /** When it was last read at its source; null when that was not written down. */
  asOf: Day.nullable(),
  verified: z.boolean(),
  sources: z.array(z.string()).min(1),
  note: z.string().optional(),
});
export type Rate = z.infer<typeof Rate>;

/** What every payer has free in a month. */
export const Grant = z.strictObject({
  provider: z.string(),
  product: z.string(),
  dimension: z.string(),
  quantity: DecimalText,
  valuedAs: z.enum(['quantity', 'tier-1 price']),
  per: z.literal('month'),
  scope: z.string(),
  verified: z.boolean(),
  sources: z.array(z.string()).min(1),
  note: z.string().optional(),
});
export type Grant = z.infer<typeof Grant>;

export const RegionTier = z.strictObject({
  provider: z.string(),
  product: z.string(),
  tier: z.string(),
  regions: z.array(z.string()),
  verified: z.boolean(),
  sources: z.array(z.string()).min(1),
});
export type RegionTier = z.infer<typeof RegionTier>;

/** One file of schemas/prices. */
export const PriceFile = z.strictObject({
  sources: z.record(z.string(), PriceSource),
  rates: z.array(Rate),
  grants: z.array(Grant),
  regionTiers: z.array(RegionTier),
});
export type PriceFile = z.infer<typeof PriceFile>;
