import { z } from 'zod';
import { CostNote } from './price.js';

const text = z.string().max(2000).default('');

/** A row of a bill, or many that are alike added up, by the names used here. All text, as it came. */
export const BillRecord = z
  .object({
    start: text,
    account: text,
    provider: text,
    service: text,
    region: text,
    resource: text,
    sku: text,
    usageType: text,
    description: text,
    category: text,
    chargeClass: text,
    commitment: text,
    currency: text,
    quantity: text,
    unit: text,
    list: text,
    contracted: text,
    billed: text,
    effective: text,
    rows: z.coerce.number().int().nonnegative().default(1),
  })
  .meta({ id: 'BillRecord' });
export type BillRecord = z.output<typeof BillRecord>;
export type BillField = Exclude<keyof BillRecord, 'rows'>;

/** The body of POST /api/v1/cost/reconcile: a bill in one of three shapes. */
export const ReconcileRequest = z
  .strictObject({
    csv: z.string().optional().meta({ description: 'FOCUS 1.0 to 1.3 or CUR 2.0, with its header' }),
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
      .max(1_000_000)
      .optional()
      .meta({ description: 'The same as objects by the names of its columns' }),
    records: z.array(BillRecord).max(1_000_000).optional().meta({
      description: 'Already read and added up, as "coldburn cost reconcile" sends it',
    }),
  })
  .refine((body) => [body.csv, body.rows, body.records].filter((part) => part !== undefined).length === 1, {
    error: 'give one of csv, rows and records',
  })
  .meta({ id: 'ReconcileRequest' });

const usd = z.string();

const BridgeStep = z
  .object({
    step: z.enum([
      'quantity',
      'withoutTelemetry',
      'notBilled',
      'tierAndGrant',
      'price',
      'negotiated',
      'commitment',
      'unattributed',
      'otherServices',
      'corrections',
      'credits',
      'tax',
      'purchases',
    ]),
    usd,
    meaning: z.string(),
  })
  .meta({ id: 'BridgeStep' });

const BridgeRow = z
  .object({
    day: z.string(),
    function: z.string(),
    dimension: z.string(),
    modelledQuantity: z.string(),
    billedQuantity: z.string(),
    modelledUsd: usd,
    billedListUsd: usd,
    quantityUsd: usd,
    priceUsd: usd,
    coverageRatio: z
      .number()
      .nullable()
      .meta({ description: 'Modelled quantity of the billed one; null without a bill' }),
  })
  .meta({ id: 'BridgeRow' });

/** The answer of POST /api/v1/cost/reconcile. */
export const ReconcileAnswer = z
  .object({
    from: z.string().nullable().meta({ description: 'First day of the bill' }),
    to: z.string().nullable().meta({ description: 'Day after the last' }),
    format: z.enum(['focus', 'cur', 'records']),
    modelledUsd: usd.meta({ description: 'List cost by telemetry of those days' }),
    billedUsd: usd,
    effectiveUsd: usd,
    bridge: z
      .array(BridgeStep)
      .meta({ description: 'modelledUsd and all steps add up to billedUsd exactly' }),
    residualUsd: usd.meta({ description: 'billedUsd less modelledUsd and all steps: always 0' }),
    coverageRatio: z
      .number()
      .nullable()
      .meta({ description: 'Modelled of billed list cost of functions with telemetry' }),
    trueUps: z
      .array(z.object({ function: z.string(), ratio: z.number() }))
      .meta({ description: 'Billed over modelled list cost of each function; shown, never applied' }),
    rows: z
      .array(BridgeRow)
      .meta({ description: 'By day, function and dimension; largest difference first, at most 5000' }),
    lines: z.object({
      read: z.number().int(),
      functions: z.number().int(),
      unreadable: z
        .number()
        .int()
        .meta({ description: 'Rows without a day or an amount that can be read: left out, counted' }),
    }),
    notes: z.array(CostNote),
  })
  .meta({ id: 'ReconcileAnswer' });
export type ReconcileAnswer = z.infer<typeof ReconcileAnswer>;
