import { z } from 'zod';

const ratio = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

/** One value of one dimension, and how its runs differ from the others. */
const Contrast = z.object({
  dimension: z
    .string()
    .meta({ description: 'version, region, trigger, error, dependency, cold, function, environment' }),
  value: z.string(),
  badShareRatio: ratio.meta({ description: 'Share of all bad runs that have this value' }),
  goodShareRatio: ratio.meta({ description: 'Share of all good runs that have it' }),
  bad: count,
  total: count.meta({ description: 'Runs that have the value; null of other runs are not counted' }),
  isNew: z.boolean().meta({ description: 'The value was not seen in the comparison time before' }),
});
export type Contrast = z.infer<typeof Contrast>;

/** What explains an incident, as far as its runs tell. */
export const Diagnosis = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bad: count,
    total: count,
    sentence: z.string().meta({ description: 'The explanation in one line' }),
    contrasts: z.array(Contrast).meta({ description: 'What bad runs have in common, strongest first' }),
    firstFailing: z
      .object({
        traceId: z.string(),
        spanId: z.string(),
        function: z.string(),
        name: z.string(),
        at: z.iso.datetime(),
        message: z.string(),
      })
      .nullable()
      .meta({ description: 'The first span that failed' }),
    deployments: z.array(
      z.object({ id: z.string(), function: z.string(), version: z.string(), at: z.iso.datetime() }),
    ),
    brokeFirst: z
      .object({
        kind: z.enum(['dependency', 'function']),
        name: z.string(),
        at: z.iso.datetime(),
      })
      .nullable()
      .meta({ description: 'Whose failures began first; null when nothing can be said' }),
    viewPath: z.string().meta({ description: 'Page of the app with the bad runs, filtered' }),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;
