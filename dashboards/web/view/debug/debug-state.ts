import { InvocationRow } from '../../../../schemas/invocations.js';
import { defaultRange, type TimeRangeId, timeRanges } from '../time-range.js';

const outcomes = InvocationRow.shape.outcome.options;
export type Outcome = (typeof outcomes)[number];

/** A window in milliseconds since 1970, [fromMs, toMs). */
export type FixedWindow = { fromMs: number; toMs: number };

/** Everything a link to the page of one function carries. Null keeps all. */
export type DebugState = {
  range: TimeRangeId;
  /** Instead of the range, which slides. */
  fixed: FixedWindow | null;
  environment: string | null;
  version: string | null;
  /** The invocation list alone, from here on; cold also dims the other half of the heat map. */
  cold: boolean | null;
  outcome: Outcome | null;
  errorType: string | null;
  /** Sixteen hexadecimal digits of a group of errors. */
  group: string | null;
  id: string | null;
  listed: FixedWindow | null;
  minMs: number | null;
  maxMs: number | null;
};

/** What "Clear filters" of the list sets. */
export const everyInvocation = {
  cold: null,
  outcome: null,
  errorType: null,
  group: null,
  id: null,
  listed: null,
  minMs: null,
  maxMs: null,
} satisfies Partial<DebugState>;

/** Reads a query string; what it does not know falls back to the default. */
export function debugStateFrom(search: string): DebugState {
  const params = new URLSearchParams(search);
  const cold = params.get('cold');
  const group = params.get('group');
  return {
    range: timeRanges.find(({ id }) => id === params.get('range'))?.id ?? defaultRange,
    fixed: windowFrom(params.get('from'), params.get('to')),
    environment: params.get('environment'),
    version: params.get('version'),
    cold: cold === 'true' ? true : cold === 'false' ? false : null,
    outcome: outcomes.find((one) => one === params.get('outcome')) ?? null,
    errorType: params.get('error'),
    group: group !== null && /^[0-9a-f]{16}$/.test(group) ? group : null,
    id: params.get('id'),
    listed: windowFrom(params.get('since'), params.get('until')),
    minMs: amountFrom(params.get('min')),
    maxMs: amountFrom(params.get('max')),
  };
}

/** The shortest query string that says the same. Empty, or starts with "?". */
export function debugSearchOf(state: DebugState): string {
  const { fixed, listed, range } = state;
  const parts: [string, string | number | boolean | null][] = [
    ['range', range === defaultRange ? null : range],
    ['from', fixed?.fromMs ?? null],
    ['to', fixed?.toMs ?? null],
    ['environment', state.environment],
    ['version', state.version],
    ['cold', state.cold],
    ['outcome', state.outcome],
    ['error', state.errorType],
    ['group', state.group],
    ['id', state.id],
    ['since', listed?.fromMs ?? null],
    ['until', listed?.toMs ?? null],
    ['min', state.minMs],
    ['max', state.maxMs],
  ];
  const params = new URLSearchParams();
  for (const [key, value] of parts) if (value !== null) params.set(key, String(value));
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** How many filters of the list are in force. */
export function filterCount(state: DebugState): number {
  const { cold, outcome, errorType, group, id, listed, minMs, maxMs } = state;
  return [cold, outcome, errorType, group, id, listed, minMs ?? maxMs].filter((one) => one !== null).length;
}

/** A window as two numbers in a link; null when they are none. */
export function windowFrom(from: string | null, to: string | null): FixedWindow | null {
  const fromMs = amountFrom(from);
  const toMs = amountFrom(to);
  return fromMs === null || toMs === null || fromMs >= toMs ? null : { fromMs, toMs };
}

function amountFrom(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const amount = Number(text);
  return Number.isFinite(amount) && amount >= 0 && amount <= 1e13 ? amount : null;
}
