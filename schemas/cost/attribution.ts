import { z } from 'zod';
import { CostNote, PriceSourceAnswer } from './price.js';

export const CostBasis = z.enum(['list', 'marginal', 'average']);
export type CostBasis = z.infer<typeof CostBasis>;

const usd = (description: string) => z.string().meta({ description });
const usdOrNull = (description: string) => z.string().nullable().meta({ description });

/** A part of an amount: quantity times rate, by a rule. */
export const CostLine = z
  .object({
    provider: z.string(),
    product: z.string(),
    dimension: z.string(),
    region: z.string(),
    arch: z.string(),
    quantity: z.string().meta({ description: 'Decimal, in the unit' }),
    unit: z.string(),
    rateUsd: usdOrNull('What one unit costs on this basis; null when no rate is known'),
    costUsd: usdOrNull('Null when no rate is known'),
    rule: z.string().meta({ description: 'How usage became this quantity' }),
    priceBook: z.string(),
    source: PriceSourceAnswer.nullable(),
  })
  .meta({ id: 'CostLine' });
export type CostLine = z.infer<typeof CostLine>;

export const CostRow = z
  .object({
    labels: z.record(z.string(), z.string()).meta({ description: 'Empty text: telemetry names none' }),
    invocations: z.number().int(),
    costUsd: usd('Sum of the lines'),
    costPerMillionUsd: usdOrNull('For one million invocations; null without any'),
    costPerSuccessUsd: usdOrNull('For one invocation that ended well; null without any'),
    shareRatio: z.number().nullable().meta({ description: 'Of the total; null when that is 0' }),
    lines: z.array(CostLine),
  })
  .meta({ id: 'CostRow' });
export type CostRow = z.infer<typeof CostRow>;

export const CommitmentUse = z
  .object({
    name: z.string(),
    month: z.string().meta({ description: 'As 2026-11; of a month under way, until now' }),
    committedUsd: usd('Paid, used or not'),
    usedUsd: usd('What covered usage takes of it'),
    unusedUsd: usd('Paid for nothing'),
    coveredRatio: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'Share of the usage it may cover that it does cover' }),
  })
  .meta({ id: 'CommitmentUse' });
export type CommitmentUse = z.infer<typeof CommitmentUse>;

/** The answer of GET /api/v1/cost. */
export const CostAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    basis: CostBasis,
    currency: z.literal('USD'),
    groupBy: z.array(z.string()),
    rows: z.array(CostRow).meta({ description: 'Dearest first; they add up to totalUsd exactly' }),
    totalUsd: usd('Sum of the rows'),
    invocations: z.number().int(),
    unpricedInvocations: z.number().int().meta({
      description: 'Runs whose platform has no known rule of billing, or whose rate is missing: in no amount',
    }),
    coverageRatio: z.number().min(0).max(1).nullable().meta({
      description: 'Runs seen of those the providers counted; null when none counts',
    }),
    shared: z.array(
      z.object({
        name: z.string(),
        costUsd: usd('Spread over the rows'),
        by: z.enum(['cost', 'invocations', 'even']),
        author: z.string(),
        reason: z.string(),
      }),
    ),
    commitments: z.array(CommitmentUse).default([]).meta({
      description: 'Of the whole payer, by month; empty on the list basis, which knows none',
    }),
    priceBook: z.string(),
    notes: z.array(CostNote),
  })
  .meta({ id: 'CostAnswer' });
export type CostAnswer = z.infer<typeof CostAnswer>;
