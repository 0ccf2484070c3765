import { compare, decimal, multiply, parseDecimal, rational, subtract } from '../exact/rational.js';
import { focusColumns } from './focus.js';

export type FocusProblem = { row: number; message: string };

const mandatory = focusColumns.slice(0, 21);
const mayBeEmpty: readonly string[] = ['ChargeClass', 'PricingQuantity', 'PricingUnit'];
const categories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
const costs = ['BilledCost', 'ContractedCost', 'EffectiveCost', 'ListCost'];
const times = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'];
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Unit prices and quantities are printed with so many places that their product is this near. */
const tolerance = decimal('0.000001');
const mostProblems = 100;

/** What of a file is not FOCUS 1.2; `rows` are objects by column. Row numbers count from 1, 0 is the header. */
export function validateFocus(
  columns: readonly string[],
  rows: Iterable<Readonly<Record<string, string>>>,
): FocusProblem[] {
  const problems: FocusProblem[] = mandatory
    .filter((name) => !columns.includes(name))
    .map((name) => ({ row: 0, message: `the mandatory column ${name} is missing` }));
  const known: readonly string[] = focusColumns;
  for (const name of columns)
    if (!known.includes(name) && !/^x_/.test(name) && !/^[A-Z][A-Za-z]+$/.test(name))
      problems.push({ row: 0, message: `"${name}" is no column of FOCUS; own columns begin with x_` });
  let number = 0;
  for (const row of rows) {
    number += 1;
    if (problems.length >= mostProblems) break;
    for (const message of rowProblems(row)) problems.push({ row: number, message });
  }
  return problems;
}

function rowProblems(row: Readonly<Record<string, string>>): string[] {
  const of = (name: string) => row[name] ?? '';
  const found: string[] = [];
  for (const name of mandatory)
    if (of(name) === '' && !mayBeEmpty.includes(name)) found.push(`${name} is empty`);
  for (const name of costs)
    if (of(name) !== '' && parseDecimal(of(name)) === null) found.push(`${name} is no number`);
  for (const name of times)
    if (of(name) !== '' && !instant.test(of(name))) found.push(`${name} is not ISO 8601 in UTC with Z`);
  if (of('ChargePeriodStart') >= of('ChargePeriodEnd')) found.push('the charge period ends before it begins');
  if (!categories.includes(of('ChargeCategory')))
    found.push(`ChargeCategory is none of ${categories.join(', ')}`);
  if (!['', 'Correction'].includes(of('ChargeClass')))
    found.push('ChargeClass is neither empty nor Correction');
  if (!/^[A-Z]{3}$/.test(of('BillingCurrency')))
    found.push('BillingCurrency is no currency of three letters');
  if (of('ChargeCategory') === 'Usage' && of('PricingQuantity') === '')
    found.push('usage has no PricingQuantity');
  if (of('Tags') !== '' && !isFlatJson(of('Tags'))) found.push('Tags is no flat JSON object');
  const [price, quantity, list] = [of('ListUnitPrice'), of('PricingQuantity'), of('ListCost')].map(
    parseDecimal,
  );
  if (price != null && quantity != null && list != null && of('ChargeClass') === '') {
    const off = subtract(multiply(price, quantity), list);
    const size = off.n < 0n ? rational(-off.n, off.d) : off;
    if (compare(size, tolerance) > 0) found.push('ListUnitPrice times PricingQuantity is not ListCost');
  }
  if (of('ChargeCategory') === 'Credit' && of('EffectiveCost') !== of('BilledCost'))
    found.push('a credit has an EffectiveCost other than its BilledCost');
  return found;
}

function isFlatJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((one) => typeof one !== 'object' || one === null)
    );
  } catch {
    return false;
  }
}
