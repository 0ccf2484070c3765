import { firstDirection, type SortDirection, type SortKey, sortKeys } from './sort-functions.js';
import { defaultRange, type TimeRangeId, timeRanges } from './time-range.js';

/** Everything a link to the page carries. Null keeps all. */
export type UrlState = {
  range: TimeRangeId;
  environment: string | null;
  team: string | null;
  filter: string;
  sort: SortKey;
  direction: SortDirection;
  /** Key of the function whose details are open. */
  open: string | null;
};

const defaultSort: SortKey = 'errors';

/** Reads a query string; what it does not know falls back to the default, so old links keep working. */
export function urlStateFrom(search: string): UrlState {
  const params = new URLSearchParams(search);
  const range = timeRanges.find(({ id }) => id === params.get('range'))?.id ?? defaultRange;
  const sort = sortKeys.find((key) => key === params.get('sort')) ?? defaultSort;
  const order = params.get('order');
  return {
    range,
    environment: params.get('environment'),
    team: params.get('team'),
    filter: params.get('filter') ?? '',
    sort,
    direction: order === 'asc' || order === 'desc' ? order : firstDirection(sort),
    open: params.get('open'),
  };
}

/** The shortest query string that says the same: defaults are left out. Empty, or starts with "?". */
export function urlSearchOf(state: UrlState): string {
  const params = new URLSearchParams();
  if (state.range !== defaultRange) params.set('range', state.range);
  if (state.environment !== null) params.set('environment', state.environment);
  if (state.team !== null) params.set('team', state.team);
  if (state.filter !== '') params.set('filter', state.filter);
  if (state.sort !== defaultSort) params.set('sort', state.sort);
  if (state.direction !== firstDirection(state.sort)) params.set('order', state.direction);
  if (state.open !== null) params.set('open', state.open);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}
