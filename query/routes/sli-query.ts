import { z } from 'zod';
import { parseDuration } from '../../schemas/config/duration.js';
import { SliName } from '../../schemas/sli.js';
import { dimensions, tagOf } from '../sli/dimensions.js';
import { filterQuery, windowQuery } from './asked-window.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const wholeSeconds = (isGood: (ms: number) => boolean, expected: string) =>
  z.string().transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null && ms >= 1000 && ms % 1000 === 0 && isGood(ms)) return ms;
    context.issues.push({ code: 'custom', message: expected, input: text });
    return z.NEVER;
  });

const names = new Set<string>(dimensions);

const GroupBy = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(
    z
      .array(
        z
          .string()
          .max(200)
          .refine((name) => names.has(name) || tagOf(name) !== null, {
            error: `must be of ${dimensions.join(', ')}, or tag:KEY`,
          }),
      )
      .max(3, { error: 'at most three at once' }),
  );

const Quantiles = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(
    z
      .array(
        z.string().transform((text, context) => {
          const quantile = /^0?\.\d{1,6}$|^1$/.test(text) ? Number(text) : 0;
          if (quantile > 0) return quantile;
          context.issues.push({
            code: 'custom',
            message: 'numbers above 0 up to 1, such as 0.5,0.99,0.999',
            input: text,
          });
          return z.NEVER;
        }),
      )
      .max(10, { error: 'at most ten at once' }),
  );

const share = z.coerce.number().gt(0).max(1);

/** Parameters of GET /api/v1/sli; a name that is none of them is refused. */
export const SliQuery = z.strictObject({
  ...windowQuery,
  sli: SliName,
  step: wholeSeconds(() => true, 'whole seconds, such as 30s, 5m or 1h')
    .optional()
    .meta({ description: 'Length of a step, such as 5m; by default one that makes at most 120 of them' }),
  groupBy: GroupBy.optional().meta({
    description: `One series for each value of these, separated by commas: ${dimensions.join(', ')}, tag:KEY`,
  }),
  compare: z.enum(['previous']).optional().meta({
    description:
      'previous: the same of as long a time before the window. To compare with a version, compareVersion',
  }),
  compareVersion: z.string().max(500).optional().meta({ description: 'The same of this version' }),
  thresholdMs: z.coerce.number().positive().max(1e9).optional().meta({
    description: 'For times and ages: what takes less is good. 300 for latency',
  }),
  quantiles: Quantiles.optional().meta({
    description: 'For times: values are these percentiles, a series each: 0.5,0.99,0.999',
  }),
  coldStarts: z.enum(['included', 'excluded', 'only']).optional().meta({
    description: 'Runs that began with a cold start count (included), do not, or alone do',
  }),
  limit: z.coerce.number().positive().max(1e9).optional().meta({
    description:
      'For concurrency and saturation: how many may run at once. 1,000 for saturation, as AWS allows a new account',
  }),
  below: share
    .optional()
    .meta({ description: 'For saturation: minutes up to this share of the limit are good; 0.8' }),
  slice: wholeSeconds(
    (ms) => ms % minuteMs === 0 && hourMs % ms === 0,
    'whole minutes that divide an hour, such as 1m, 5m or 15m',
  )
    .optional()
    .meta({ description: 'For availability: length of a slice of time; 5m' }),
  atLeast: share.optional().meta({
    description: 'For availability: share of good runs that makes a slice good; 0.95',
  }),
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  version: filterQuery('version'),
  alias: filterQuery('alias'),
  region: filterQuery('region'),
  team: filterQuery('team'),
  provider: filterQuery('provider'),
  platform: filterQuery('platform'),
  account: filterQuery('account'),
  arch: filterQuery('architecture'),
  trigger: filterQuery('trigger'),
  outcome: z.enum(['ok', 'error', 'timeout', 'oom', 'throttled', 'rejected']).optional().meta({
    description: 'Only runs that ended so',
  }),
  errorType: filterQuery('type of error'),
  product: filterQuery('product'),
  feature: filterQuery('feature'),
  customer: filterQuery('customer'),
  queue: filterQuery('queue'),
  peer: filterQuery('called peer'),
  peerKind: filterQuery('kind of peer'),
  operation: filterQuery('operation'),
  tag: z
    .string()
    .max(700)
    .regex(/^[^=]+=/, { error: 'KEY=VALUE, such as tier=gold' })
    .optional()
    .meta({ description: 'Only runs with this tag: KEY=VALUE' }),
});
export type SliQuery = z.infer<typeof SliQuery>;
