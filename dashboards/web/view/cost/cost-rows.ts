import type { CostLine, CostRow } from '../../../../schemas/cost/attribution.js';

type Labels = Readonly<Record<string, string>>;

/** Names the row among the others; stands in the URL when it is open. */
export function rowKey(labels: Labels, dimensions: readonly string[]): string {
  return JSON.stringify(dimensions.map((name) => labels[name] ?? ''));
}

/** The first label names the row, the second stands beside it; what telemetry does not tell is said. */
export function rowName(
  labels: Labels,
  [first = '', second]: readonly string[],
): { name: string; aside: string } {
  const said = (dimension: string) => labels[dimension] || `no ${dimension}`;
  return { name: said(first), aside: second === undefined ? '' : said(second) };
}

/** Null where runs are there and no rate is known for any of their lines: that is not nothing. */
export function rowAmount({ costUsd, invocations, lines }: CostRow): string | null {
  return invocations > 0 && lines.every((line) => line.costUsd === null) ? null : costUsd;
}

/** How many of its lines are in no amount. */
export function missingRates({ lines }: Pick<CostRow, 'lines'>): number {
  return lines.filter(({ costUsd }) => costUsd === null).length;
}

/** Where and on what a line ran: aws lambda, us-east-1, arm64. */
export function placeText({ provider, product, region, arch }: CostLine): string {
  return [`${provider} ${product}`.trim(), region, arch].filter((part) => part !== '').join(', ');
}

/** A quantity with its thousands set apart; every decimal stays. */
export function quantityText(quantity: string): string {
  const [whole = '', part] = quantity.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A link that leaves the page only to a web address: sources of own rates are what somebody wrote. */
export function sourceHref(url: string): string | null {
  return /^https?:\/\//.test(url) ? url : null;
}
