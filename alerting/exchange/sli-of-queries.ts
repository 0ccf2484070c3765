import { globsOf, type Matcher, readDifference, readSelector, type Selector } from './promql.js';

/** The keys of an objective that say what is counted, and what of the queries is not in them. */
export type Counted = { keys: { sli: object; where?: object; per?: string }; lost: string[] };
export type CountedOrWhy = Counted | { why: string };

/** Queries whose counts make a ratio; `bad` or `good` over `total`. */
export type RatioQueries = { good?: string | undefined; bad?: string | undefined; total: string };

/** Metrics of functions that mean what runs of ours tell themselves, exporters' names included. */
const known = [
  {
    total: /^(aws_lambda_invocations(_sum)?|lambda_invocations(_total)?)$/,
    bad: /^(aws_lambda_errors(_sum)?|lambda_errors(_total)?)$/,
  },
  { total: /^faas[._]invocations(_total)?$/, bad: /^faas[._]errors(_total)?$/ },
];
/** Metrics where good and bad are told apart by the class of an HTTP status. */
const knownByStatus = /^(gateway_function_invocation_total|revision_(app_)?request_count)$/;
const statusLabels = ['code', 'status', 'status_code', 'response_code', 'response_code_class'];
const knownLatency = /^(faas[._]invoke[._]duration|revision_request_latencies|gateway_functions?_seconds)/;
const unitMs: readonly (readonly [RegExp, number])[] = [
  [/_seconds_bucket$|_seconds$/, 1000],
  [/^faas[._]invoke[._]duration_bucket$/, 1000],
  [/_milliseconds_bucket$|_ms_bucket$|^revision_request_latencies_bucket$/, 1],
];

const dimensionOf = new Map([
  ...[
    'function_name',
    'functionname',
    'dimension_functionname',
    'faas_name',
    'faas_invoked_name',
    'function',
    'configuration_name',
    'service_name',
  ].map((label) => [label, 'function'] as const),
  ...['environment', 'env', 'deployment_environment', 'deployment_environment_name'].map(
    (label) => [label, 'environment'] as const,
  ),
  ...['region', 'cloud_region', 'aws_region'].map((label) => [label, 'region'] as const),
]);

/** What a ratio of queries counts: runs, where the metrics are known to count runs, else the metrics themselves. */
export function sliOfRatio(queries: RatioQueries): CountedOrWhy {
  const total = readSelector(queries.total);
  if (total === null) return unread('total', queries.total);
  const [side, part, text] = partOf(queries, total);
  if (part === null) return unread(side, text);
  return latencyOf(side, part, total) ?? successOf(side, part, total) ?? metricRatio(side, part, total);
}

function unread(side: string, query: string): { why: string } {
  return {
    why: `the ${side} query is more than one counter and cannot be kept: ${query.trim().replace(/\s+/g, ' ')}`,
  };
}

type Side = 'good' | 'bad';

/** The numerator; "total - good" as the bad part is the good one. */
function partOf({ good, bad }: RatioQueries, total: Selector): [Side, Selector | null, string] {
  const side: Side = good === undefined ? 'bad' : 'good';
  const text = good ?? bad ?? '';
  const difference = readDifference(text);
  if (difference === null) return [side, readSelector(text), text];
  const [whole, less] = difference.map((one) => readSelector(one));
  const isRest = whole !== null && JSON.stringify(whole) === JSON.stringify(total);
  return [side === 'good' ? 'bad' : 'good', isRest ? (less ?? null) : null, text];
}

function successOf(side: Side, part: Selector, total: Selector): Counted | null {
  const isKnown = known.some(
    (one) => one.total.test(total.metric) && side === 'bad' && one.bad.test(part.metric),
  );
  const isByStatus =
    knownByStatus.test(total.metric) && part.metric === total.metric && isStatusClass(side, part, total);
  if (!isKnown && !isByStatus) return null;
  const placed = placeOf(total.matchers);
  if (placed === null) return null;
  const lost = isByStatus
    ? ['runs are judged by their outcome here, not by the class of the HTTP status alone']
    : [];
  return { keys: { sli: { kind: 'success' }, ...placed.where }, lost: [...lost, ...placed.lost] };
}

/** Whether the part differs from the whole by a status that says 5xx is bad, or that 2xx is good. */
function isStatusClass(side: Side, part: Selector, total: Selector): boolean {
  const own = part.matchers.filter((one) => !total.matchers.some((other) => isSame(one, other)));
  const [only] = own;
  if (only === undefined || own.length > 1 || !statusLabels.includes(only.label)) return false;
  const names = only.op === '=' || only.op === '=~' ? side : side === 'bad' ? 'good' : 'bad';
  return names === 'bad' ? /5/.test(only.value) && !/[1-4]/.test(only.value) : /^\(?2/.test(only.value);
}

function latencyOf(side: Side, part: Selector, total: Selector): Counted | null {
  const bound = part.matchers.find(({ label }) => label === 'le');
  const unit = unitMs.find(([pattern]) => pattern.test(part.metric))?.[1];
  if (side !== 'good' || bound?.op !== '=' || unit === undefined) return null;
  if (!knownLatency.test(part.metric)) return null;
  const ms = Number(bound.value) * unit;
  const placed = placeOf(total.matchers);
  if (placed === null || !Number.isInteger(ms) || ms < 1) return null;
  const lost = ['a failed run is bad here, however fast it was', ...placed.lost];
  return { keys: { sli: { kind: 'latency', under: ms }, ...placed.where }, lost };
}

/** Labels as what runs are chosen by; null when one of them names a function in a way that globs cannot say. */
function placeOf(matchers: readonly Matcher[]): { where: { where?: object }; lost: string[] } | null {
  const where: Record<string, string[]> = {};
  const lost: string[] = [];
  for (const { label, op, value } of matchers) {
    const dimension = dimensionOf.get(label.toLowerCase().replaceAll('.', '_'));
    const globs = op === '=' ? [value] : op === '=~' ? globsOf(value) : null;
    if (dimension === undefined) lost.push(`runs are not chosen by the label ${label}${op}"${value}"`);
    else if (globs === null) return null;
    else where[dimension] = globs;
  }
  return { where: Object.keys(where).length === 0 ? {} : { where }, lost };
}

function metricRatio(side: Side, part: Selector, total: Selector): CountedOrWhy {
  const whole = pointsOf(total);
  const own = pointsOf(part);
  if (whole === null) return { why: `labels of the total query cannot be kept: ${show(total)}` };
  const note = `counted from the metric ${total.metric} as it arrives here; it must be sent under this name`;
  if (own !== null)
    return { keys: { sli: { kind: 'metric-ratio', [side]: own, total: whole } }, lost: [note] };
  const turned = turnedOf(part, total);
  const points = turned === null ? null : pointsOf(turned);
  if (points === null) return { why: `labels of the ${side} query cannot be kept: ${show(part)}` };
  const other = side === 'good' ? 'bad' : 'good';
  return { keys: { sli: { kind: 'metric-ratio', [other]: points, total: whole } }, lost: [note] };
}

/** All but some is the other side: good without `code!~"5.."` is bad with `code=~"5.."`. */
function turnedOf(part: Selector, total: Selector): Selector | null {
  const own = part.matchers.filter((one) => !total.matchers.some((other) => isSame(one, other)));
  const [only] = own;
  if (part.metric !== total.metric || only === undefined || own.length > 1) return null;
  if (only.op !== '!=' && only.op !== '!~') return null;
  return {
    metric: total.metric,
    matchers: [...total.matchers, { ...only, op: only.op === '!=' ? '=' : '=~' }],
  };
}

function pointsOf({ metric, matchers }: Selector): object | null {
  const attributes: Record<string, string[]> = {};
  for (const { label, op, value } of matchers) {
    const globs = op === '=' ? [value] : op === '=~' ? globsOf(value) : null;
    // An escaped `*` cannot be said in a glob, and "any text" need not be.
    if (globs === null || attributes[label] !== undefined) return null;
    if (op === '=' && /[*?]/.test(value)) return null;
    attributes[label] = globs;
  }
  return { metric, ...(matchers.length === 0 ? {} : { attributes }) };
}

/** A bound on one gauge, judged by minute. */
export function sliOfThreshold(query: string, op: string, value: number): CountedOrWhy {
  const selector = readSelector(query);
  const points = selector === null ? null : pointsOf(selector);
  if (points === null) return { why: `the query is more than one gauge and cannot be kept: ${query.trim()}` };
  const side = op === 'lt' || op === 'lte' ? 'below' : op === 'gt' || op === 'gte' ? 'above' : null;
  if (side === null) return { why: `the comparison "${op}" is none of lt, lte, gt, gte` };
  const lost = [
    `counted from the metric ${selector?.metric} as it arrives here; it must be sent under this name`,
  ];
  if (op.endsWith('e'))
    lost.push(`"${op}" is taken as "${op.slice(0, 2)}": exactly ${value} is not good here`);
  return { keys: { sli: { kind: 'gauge', ...points, [side]: value } }, lost };
}

function isSame(one: Matcher, other: Matcher): boolean {
  return one.label === other.label && one.op === other.op && one.value === other.value;
}

function show({ metric, matchers }: Selector): string {
  return `${metric}{${matchers.map(({ label, op, value }) => `${label}${op}"${value}"`).join(',')}}`;
}
