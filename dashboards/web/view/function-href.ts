import { defaultRange, type TimeRangeId } from './time-range.js';

/** A link to the page of one function; the names of its parameters are those of `debug/debug-state.ts`. */
export function functionHref(name: string, environment: string, range: TimeRangeId): string {
  const params = new URLSearchParams({ environment });
  if (range !== defaultRange) params.set('range', range);
  return `/functions/${encodeURIComponent(name)}?${params}`;
}
