import { z } from 'zod';

export const SuggestionKey = z.enum([
  'function',
  'environment',
  'version',
  'region',
  'team',
  'provider',
  'account',
  'trigger',
  'errorType',
]);
export type SuggestionKey = z.infer<typeof SuggestionKey>;

/** The answer of GET /api/v1/suggest. */
export const Suggestions = z
  .object({
    keys: z
      .array(z.object({ key: SuggestionKey, values: z.array(z.string()) }))
      .meta({ description: 'Dimensions with any values, and of each the most frequent first' }),
  })
  .meta({ id: 'Suggestions' });
