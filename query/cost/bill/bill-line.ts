import type { BillRecord } from '../../../schemas/cost/bill.js';
import { parseDecimal, type Rational, zero } from '../exact/rational.js';
import { awsSkus } from './aws-skus.js';

export type BillCategory = 'usage' | 'purchase' | 'tax' | 'credit' | 'correction';

/** A row of a bill as it is compared: of which day, function and dimension, and at which of four prices. */
export type BillLine = {
  day: string;
  category: BillCategory;
  /** A service that runs functions; other rows are only carried along. */
  isFunction: boolean;
  /** '' where the row names none. */
  function: string;
  /** '' where it is none of a function's own. */
  dimension: string;
  /** Within a free grant, or at the price of a later tier. */
  isFree: boolean;
  quantity: Rational;
  list: Rational;
  contracted: Rational;
  billed: Rational;
  effective: Rational;
};

const suffixes: readonly (readonly [RegExp, string])[] = [
  [/Lambda-Edge-GB-Second$/i, 'duration'],
  [/Lambda-Edge-Request$/i, 'requests'],
  [/Lambda-Provisioned-GB-Second(-ARM)?$/i, 'provisioned-duration'],
  [/Lambda-Provisioned-Concurrency(-ARM)?$/i, 'provisioned-concurrency'],
  [/Lambda-Storage-GB-Second(-ARM)?$/i, 'ephemeral-storage'],
  [/Lambda-GB-Second(-ARM)?$/i, 'duration'],
  [/(^|-)Request(-ARM)?$/i, 'requests'],
];
const descriptions: readonly (readonly [RegExp, string])[] = [
  [
    /provisioned concurrency.*(duration|compute)|(duration|compute).*provisioned concurrency/i,
    'provisioned-duration',
  ],
  [/provisioned concurrency/i, 'provisioned-concurrency'],
  [/storage/i, 'ephemeral-storage'],
  [/execution time/i, 'execution-time'],
  [/total executions|executions/i, 'executions'],
  [/total compute|gb-second|compute duration/i, 'duration'],
  [/request/i, 'requests'],
  [/invocation/i, 'invocations'],
  [/cpu/i, 'cpu-active'],
  [/memory/i, 'memory-active'],
];
const functionService =
  /lambda|cloud functions|cloud run|azure functions|^functions$|workers|vercel|self-hosted functions/i;
const edge = /Lambda-Edge/i;
const own: ReadonlySet<string> = new Set([
  ...['duration', 'requests', 'provisioned-duration', 'provisioned-concurrency', 'ephemeral-storage'],
  ...['memory', 'cpu', 'invocations', 'cpu-active', 'memory-active', 'execution-time', 'executions'],
  ...['on-demand-execution-time', 'active-cpu', 'provisioned-memory'],
]);

/** Null when the row has no day or no amount that can be read. */
export function billLine(record: BillRecord): BillLine | null {
  const day = dayOf(record.start);
  const billed = amount(record.billed);
  if (day === null || billed === null) return null;
  const contracted = amount(record.contracted) ?? billed;
  const list = amount(record.list) ?? contracted;
  const isFunction = functionService.test(record.service) || edge.test(record.usageType);
  const category = categoryOf(record);
  const name = isFunction ? functionOf(record.resource) : '';
  return {
    day,
    category,
    isFunction,
    function: name,
    dimension: isFunction ? dimensionOf(record) : '',
    isFree: /free tier|free grant/i.test(record.description),
    quantity: amount(record.quantity) ?? zero,
    list: category === 'usage' ? list : billed,
    contracted: category === 'usage' ? contracted : billed,
    billed,
    effective: amount(record.effective) ?? billed,
  };
}

/** ISO days, with or without T and Z, as exports write them. */
function dayOf(start: string): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})([T ].*)?$/.exec(start)?.[1] ?? null;
  return day === null || Number.isNaN(Date.parse(day)) ? null : day;
}

function amount(text: string): Rational | null {
  return text === '' ? null : parseDecimal(text);
}

function categoryOf({ category, chargeClass }: BillRecord): BillCategory {
  if (/correction|refund/i.test(chargeClass) || /refund/i.test(category)) return 'correction';
  if (/tax/i.test(category)) return 'tax';
  if (/credit|discount$/i.test(category) && !/discountedusage/i.test(category)) return 'credit';
  if (/adjustment/i.test(category)) return 'correction';
  if (/purchase|recurringfee|upfrontfee|^fee$/i.test(category)) return 'purchase';
  // What a Savings Plan takes back of covered usage is a part of that usage.
  return 'usage';
}

function dimensionOf({ sku, usageType, description }: BillRecord): string {
  // What Coldburn itself exports names its own dimensions.
  if (own.has(usageType)) return usageType;
  return (
    awsSkus.get(sku.split('.')[0] ?? '')?.dimension ??
    suffixes.find(([pattern]) => pattern.test(usageType))?.[1] ??
    descriptions.find(([pattern]) => pattern.test(`${usageType} ${description}`))?.[1] ??
    ''
  );
}

/** The name in an ARN, an Azure resource id or a path; bills never tell a version. */
function functionOf(resource: string): string {
  const arn = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(resource);
  if (arn !== null) return arn[1] ?? '';
  const site = /\/sites\/([^/]+)/i.exec(resource);
  if (site !== null) return site[1] ?? '';
  return resource.split('/').at(-1) ?? '';
}
