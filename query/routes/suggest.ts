import { z } from 'zod';
import { Problem } from '../../schemas/problem.js';
import { SuggestionKey, Suggestions } from '../../schemas/suggestions.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { maxWindowMs } from '../functions/window-of.js';
import { readSuggestions } from '../suggest/read-suggestions.js';
import { askedWindow, filterQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const Query = z.object({
  ...windowQuery,
  environment: filterQuery('environment'),
  key: SuggestionKey.optional().meta({ description: 'Only values of this dimension' }),
  prefix: z.string().max(200).default('').meta({ description: 'Only values that begin so, in any case' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(20)
    .meta({ description: 'Most values of a dimension' }),
});

export function suggestRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: Suggestions, 400: Problem, 422: Problem } };
    const config = {
      needs: 'viewer',
      summary: 'Values to filter by: the 200 most frequent of each dimension',
    } as const;
    app.get('/api/v1/suggest', { schema, config }, async ({ query, access }) => {
      const { key, prefix, limit, environment = null } = query;
      const window = askedWindow(query, now(), maxWindowMs);
      const found = await readSuggestions(openTenant(access), { ...window, environment });
      const wanted = key === undefined ? SuggestionKey.options : [key];
      const begins = (value: string) => value !== '' && value.toLowerCase().startsWith(prefix.toLowerCase());
      const keys = wanted.map((name) => ({ key: name, values: found[name].filter(begins).slice(0, limit) }));
      return { keys: keys.filter(({ values }) => values.length > 0) };
    });
  };
}
