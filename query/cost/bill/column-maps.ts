import type { BillField, BillRecord } from '../../../schemas/cost/bill.js';

type ColumnMap = Readonly<Record<BillField, readonly string[]>>;

/** FOCUS 1.0 to 1.3: where several versions or exporters name a column differently, the first that is there counts. */
const focus: ColumnMap = {
  start: ['ChargePeriodStart'],
  account: ['SubAccountId', 'BillingAccountId'],
  provider: ['ProviderName', 'ServiceProviderName', 'HostProviderName', 'Provider'],
  service: ['ServiceName'],
  region: ['RegionId', 'Region', 'RegionName'],
  resource: ['ResourceId', 'ResourceName'],
  sku: ['SkuId', 'SkuPriceId'],
  usageType: ['x_UsageType', 'SkuMeter', 'x_SkuMeterName'],
  description: ['ChargeDescription'],
  category: ['ChargeCategory', 'ChargeType'],
  chargeClass: ['ChargeClass', 'ChargeSubcategory'],
  commitment: ['CommitmentDiscountStatus', 'CommitmentDiscountId'],
  currency: ['BillingCurrency'],
  quantity: ['ConsumedQuantity', 'UsageQuantity', 'PricingQuantity'],
  unit: ['ConsumedUnit', 'UsageUnit', 'PricingUnit'],
  list: ['ListCost'],
  contracted: ['ContractedCost'],
  billed: ['BilledCost'],
  effective: ['EffectiveCost'],
};

const cur: ColumnMap = {
  start: ['line_item_usage_start_date'],
  account: ['line_item_usage_account_id'],
  provider: [],
  service: ['line_item_product_code'],
  region: ['product_region_code', 'product_region'],
  resource: ['line_item_resource_id'],
  sku: ['product_sku', 'pricing_rate_code'],
  usageType: ['line_item_usage_type'],
  description: ['line_item_line_item_description'],
  category: ['line_item_line_item_type'],
  chargeClass: ['bill_bill_type'],
  commitment: ['savings_plan_savings_plan_a_r_n', 'savings_plan_savings_plan_arn'],
  currency: ['line_item_currency_code'],
  quantity: ['line_item_usage_amount'],
  unit: ['pricing_unit'],
  list: ['pricing_public_on_demand_cost'],
  contracted: ['line_item_net_unblended_cost', 'line_item_unblended_cost'],
  billed: ['line_item_unblended_cost'],
  effective: ['savings_plan_savings_plan_effective_cost', 'line_item_unblended_cost'],
};

export type BillColumns = { format: 'focus' | 'cur'; columns: Readonly<Record<BillField, string | null>> };
export const billFields = Object.keys(focus) as BillField[];

/** Which columns of a file mean what, whatever their case; null when it is neither FOCUS nor CUR 2.0. */
export function billColumns(names: readonly string[]): BillColumns | null {
  const known = new Map(
    names.map((name) => [
      name
        .trim()
        .replace(/^\uFEFF/, '')
        .toLowerCase(),
      name,
    ]),
  );
  const format = known.has('line_item_usage_start_date')
    ? 'cur'
    : known.has('chargeperiodstart')
      ? 'focus'
      : null;
  if (format === null) return null;
  const map = format === 'cur' ? cur : focus;
  const entries = billFields.map((field) => {
    const name = map[field].find((one) => known.has(one.toLowerCase()));
    return [field, name === undefined ? null : (known.get(name.toLowerCase()) ?? null)] as const;
  });
  return { format, columns: Object.fromEntries(entries) as Record<BillField, string | null> };
}

/** A row by the names of its file as a record; real files write NULL where they mean nothing. */
export function recordOf({ columns }: BillColumns, row: Readonly<Record<string, unknown>>): BillRecord {
  const entries = billFields.map((field) => {
    const name = columns[field];
    const value = name === null ? null : row[name];
    return [field, value === null || value === undefined ? '' : cleaned(String(value))];
  });
  return { ...Object.fromEntries(entries), rows: 1 } as BillRecord;
}

function cleaned(text: string): string {
  const trimmed = text.trim();
  return /^(null|n\/a|\\n|none)$/i.test(trimmed) ? '' : trimmed;
}
