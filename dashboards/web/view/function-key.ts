import type { FunctionSummary } from '../../../schemas/functions.js';

/** What tells one row of the list from another; also its name in the URL. */
export function functionKey(summary: FunctionSummary): string {
  const { function: name, environment, team, provider, region } = summary;
  return JSON.stringify([name, environment, team, provider, region]);
}
