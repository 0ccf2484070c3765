import type { FixedWindow } from './debug/debug-state.js';
import { windowFrom } from './debug/debug-state.js';
import { type TimeRangeId, timeRangeOf, timeRanges } from './time-range.js';

/** What every view is kept to: when, where and whose. Null keeps all. */
export type ViewState = {
  range: TimeRangeId;
  /** Instead of the range, which slides. */
  fixed: FixedWindow | null;
  environment: string | null;
  team: string | null;
};

/** Reads a query string; what it does not know falls back to the default. */
export function viewStateFrom(search: string, defaultRange: TimeRangeId): ViewState {
  const params = new URLSearchParams(search);
  return {
    range: timeRanges.find(({ id }) => id === params.get('range'))?.id ?? defaultRange,
    fixed: windowFrom(params.get('from'), params.get('to')),
    environment: params.get('environment'),
    team: params.get('team'),
  };
}

/** The query string with this part of it changed; parameters of the page itself stay. */
export function searchAfter(
  search: string,
  change: Readonly<Record<string, string | number | null>>,
): string {
  const params = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    if (value === null) params.delete(key);
    else params.set(key, String(value));
  }
  const next = params.toString();
  return next === '' ? '' : `?${next}`;
}

/** The window as the API takes it. A sliding one ends at the server's now: clocks may differ. */
export function windowParamsOf({ fixed, range }: Pick<ViewState, 'fixed' | 'range'>): Record<string, string> {
  return fixed === null
    ? { windowMs: String(timeRangeOf(range).lengthMs) }
    : { from: String(fixed.fromMs), to: String(fixed.toMs) };
}

/** Environment and team as the API takes them. */
export function placeParamsOf({
  environment,
  team,
}: Pick<ViewState, 'environment' | 'team'>): Record<string, string> {
  return {
    ...(environment === null ? {} : { environment }),
    ...(team === null ? {} : { team }),
  };
}

const carried = ['range', 'environment', 'team'] as const;

/** A link to another view that keeps when, where and whose; a fixed window belongs to the page it was chosen on. */
export function hrefKeeping(href: string, search: string): string {
  const from = new URLSearchParams(search);
  const params = new URLSearchParams();
  for (const key of carried) {
    const value = from.get(key);
    if (value !== null) params.set(key, value);
  }
  const kept = params.toString();
  return kept === '' ? href : `${href}?${kept}`;
}

/** A call of the API. */
export function apiUrl(endpoint: string, params: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(params).toString();
  return `/api/v1/${endpoint}${search === '' ? '' : `?${search}`}`;
}
