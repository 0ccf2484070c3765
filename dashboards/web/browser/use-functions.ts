import { FunctionList } from '../../../schemas/functions.js';
import { functionsUrl } from '../view/first-questions.js';
import type { UrlState } from '../view/url-state.js';
import { type Held, useAnswer } from './use-answer.js';

export type Functions = { held: Held<FunctionList>; refresh: () => void; hold: () => void };

/** The functions of the time range and filters in the URL. */
export function useFunctions(url: UrlState): Functions {
  return useAnswer(functionsUrl(url), FunctionList);
}
