import type { CostAnswer, CostLine, CostRow } from '../../../schemas/cost/attribution.js';

/** Columns of FOCUS 1.2: the mandatory ones, those functions need, and what no bill knows as x_ columns. */
export const focusColumns = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
  'ServiceSubcategory',
  'ResourceName',
  'RegionId',
  'SkuMeter',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingCategory',
  'ChargeFrequency',
  'Tags',
  'x_PriceBook',
] as const;
type FocusColumn = (typeof focusColumns)[number];
export type FocusRow = Record<FocusColumn, string>;

const providers: Readonly<Record<string, { name: string; service: string }>> = {
  aws: { name: 'AWS', service: 'AWS Lambda' },
  'aws-china': { name: 'AWS', service: 'AWS Lambda' },
  gcp: { name: 'Google Cloud', service: 'Cloud Run Functions' },
  azure: { name: 'Microsoft', service: 'Azure Functions' },
  cloudflare: { name: 'Cloudflare', service: 'Workers' },
  vercel: { name: 'Vercel', service: 'Vercel Functions' },
};

/** Modelled cost as FOCUS 1.2, one row a line. Rows must be split by day, so that each has a charge period. */
export function focusRows({ rows, currency }: CostAnswer): FocusRow[] {
  return rows.flatMap((row) =>
    row.lines.filter(({ costUsd }) => costUsd !== null).map((line) => focusRow(row, line, currency)),
  );
}

function focusRow({ labels }: CostRow, line: CostLine, currency: string): FocusRow {
  const day = labels['day'] ?? '';
  const cost = line.costUsd ?? '0';
  const { name, service } = providers[line.provider] ?? {
    name: 'Self-hosted',
    service: 'Self-hosted functions',
  };
  const account = labels['account'] ?? '';
  const tags = Object.entries(labels).filter(
    ([key, value]) => value !== '' && key !== 'day' && key !== 'function' && key !== 'account',
  );
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  return {
    BilledCost: cost,
    BillingAccountId: account || 'unknown',
    BillingAccountName: account || 'unknown',
    BillingCurrency: currency,
    BillingPeriodStart: month.toISOString(),
    BillingPeriodEnd: new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1)).toISOString(),
    ChargeCategory: 'Usage',
    ChargeClass: '',
    ChargeDescription: `${line.dimension}: ${line.rule}`,
    ChargePeriodStart: `${day}T00:00:00.000Z`,
    ChargePeriodEnd: new Date(Date.parse(day) + 86_400_000).toISOString(),
    ContractedCost: cost,
    EffectiveCost: cost,
    InvoiceIssuerName: name,
    ListCost: cost,
    PricingQuantity: line.quantity,
    PricingUnit: line.unit,
    ProviderName: name,
    PublisherName: name,
    ServiceCategory: 'Compute',
    ServiceName: service,
    ServiceSubcategory: 'Serverless Compute',
    ResourceName: labels['function'] ?? '',
    RegionId: line.region,
    SkuMeter: line.dimension,
    ConsumedQuantity: line.quantity,
    ConsumedUnit: line.unit,
    ListUnitPrice: line.rateUsd ?? '',
    ContractedUnitPrice: line.rateUsd ?? '',
    PricingCategory: 'Standard',
    ChargeFrequency: 'Usage-Based',
    Tags: JSON.stringify(Object.fromEntries(tags)),
    x_PriceBook: line.priceBook,
  };
}
