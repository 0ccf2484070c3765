import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.js';

const text = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(200, { error: 'must be at most 200 characters' });
const patterns = z.array(text, { error: 'must be a list of function names; * stands for anything' });
const decimal = z
  .union([z.string(), z.number().nonnegative()], { error: 'must be a decimal such as "38.20"' })
  .transform(String)
  .pipe(z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, { error: 'must be a decimal such as "38.20"' }));

/** What one run of some functions is worth. */
const RunValue = z.strictObject({
  functions: patterns.min(1, { error: 'must name at least one function' }),
  environment: z.string().max(500).optional(),
  usd: decimal,
});

/** What the business loses when a run fails, and which functions it cannot do without. */
export const Business = z.strictObject({
  values: z
    .array(RunValue, { error: 'must be a list of {functions, usd}' })
    .prefault([])
    .describe(
      'What one run of some functions is worth in dollars: {functions, environment, usd}. The first entry that matches counts.',
    ),
  valueAttribute: text
    .nullable()
    .prefault(null)
    .describe(
      'Span attribute that says what its run is worth in dollars, such as order.total. It goes before business.values.',
    ),
  critical: patterns
    .prefault([])
    .describe(
      'Functions the business cannot do without, by name; * stands for anything. Left empty: those that have a value.',
    ),
});

export type BusinessSettings = DeepReadonly<z.output<typeof Business>>;
