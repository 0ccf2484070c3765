import { FunctionList } from '../../../schemas/functions.js';
import { timeRangeOf } from '../view/time-range.js';
import type { UrlState } from '../view/url-state.js';
import { type Held, useAnswer } from './use-answer.js';

export type Functions = { held: Held<FunctionList>; refresh: () => void };

/** The functions of the time range and filters in the URL. The window ends at the server's now: clocks may differ. */
export function useFunctions({ range, environment, team }: UrlState): Functions {
  const params = new URLSearchParams({
    windowMs: String(timeRangeOf(range).lengthMs),
    // The list does not show what each costs, and working it out takes as long as all the rest.
    costs: 'false',
  });
  if (environment !== null) params.set('environment', environment);
  if (team !== null) params.set('team', team);
  return useAnswer(`/api/v1/functions?${params}`, FunctionList);
}
