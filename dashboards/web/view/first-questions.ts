import { onCallUrls } from './oncall/oncall-urls.js';
import { timeRangeOf } from './time-range.js';
import { type UrlState, urlStateFrom } from './url-state.js';
import { apiUrl, viewStateFrom } from './view-state.js';

/** The functions of the time range and filters in the URL. The window ends at the server's now: clocks may differ. */
export function functionsUrl({
  range,
  environment,
  team,
}: Pick<UrlState, 'range' | 'environment' | 'team'>): string {
  return apiUrl('functions', {
    windowMs: String(timeRangeOf(range).lengthMs),
    // The list does not show what each costs, and working it out takes as long as all the rest.
    costs: 'false',
    ...(environment === null ? {} : { environment }),
    ...(team === null ? {} : { team }),
  });
}

/** Where the page of who is on call begins. */
export const onCallRange = '1h';

/** What a page asks first, from its path and query string: to be asked before its scripts are there. */
export function firstQuestions(path: string, search: string): string[] {
  switch (path) {
    case '/':
      return [functionsUrl(urlStateFrom(search))];
    case '/oncall': {
      const { incidents, budgets, functions } = onCallUrls(viewStateFrom(search, onCallRange));
      return [incidents, budgets, functions];
    }
    default:
      return [];
  }
}
