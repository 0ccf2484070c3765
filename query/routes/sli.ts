import { z } from 'zod';
import { parseDuration } from '../../schemas/config/duration.js';
import { Problem, ProblemError } from '../../schemas/problem.js';
import { SliAnswer, SliName } from '../../schemas/sli.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { longWindowMs } from '../functions/window-of.js';
import { makeSeries } from '../sli/make-series.js';
import { type Dimension, dimensions, latencyDimensions, type OfDimensions } from '../sli/of-dimensions.js';
import { readSums, type SeriesQuestion } from '../sli/read-sums.js';
import { readUnder } from '../sli/read-under.js';
import { countedSlis } from '../sli/registry.js';
import { coarsestFor, columnsOf, stepFor } from '../window/step.js';
import { leastStepMs, windowParts } from '../window/window-parts.js';
import { askedWindow, filterQuery, windowQuery } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';

const maxSteps = 1_500;
const maxPoints = 50_000;
const defaultSteps = 120;

const Query = z.object({
  ...windowQuery,
  sli: SliName,
  step: z
    .string()
    .transform((text, context) => {
      const stepMs = parseDuration(text);
      if (stepMs !== null && stepMs >= 1000 && stepMs % 1000 === 0) return stepMs;
      context.issues.push({ code: 'custom', message: 'whole seconds, such as 30s, 5m or 1h', input: text });
      return z.NEVER;
    })
    .optional()
    .meta({ description: 'Length of a step, such as 5m; by default one that makes at most 120 of them' }),
  groupBy: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(dimensions)).max(3))
    .optional()
    .meta({
      description: `One series for each value of these, separated by commas: ${dimensions.join(', ')}`,
    }),
  thresholdMs: z.coerce.number().positive().max(1e9).default(300).meta({
    description: 'For latency: what takes less is good',
  }),
  function: filterQuery('function'),
  environment: filterQuery('environment'),
  version: filterQuery('version'),
  alias: filterQuery('alias'),
  region: filterQuery('region'),
  team: filterQuery('team'),
  provider: filterQuery('provider'),
  account: filterQuery('account'),
  arch: filterQuery('architecture'),
  trigger: filterQuery('trigger'),
});
type Asked = z.infer<typeof Query>;

export function sliRoutes({ now, openTenant }: ReadDeps): ZodPlugin {
  return async (app) => {
    const schema = { querystring: Query, response: { 200: SliAnswer, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'A service level indicator over time' } as const;
    app.get('/api/v1/sli', { schema, config }, async ({ query, access }) => {
      const at = now();
      const window = askedWindow(query, at, longWindowMs);
      const leastMs = leastStepMs(window, at);
      const stepMs = Math.max(query.step ?? stepFor(window, defaultSteps, leastMs), leastMs);
      const parts = windowParts(window, at, coarsestFor(stepMs));
      const columns = columnsOf(parts, stepMs);
      if (columns.length > maxSteps)
        throw new ProblemError(
          'QUERY_LIMIT',
          `The window has ${columns.length} steps; at most ${maxSteps} are answered.`,
        );
      const groupBy = query.groupBy ?? [];
      requireKnown(query, groupBy);
      const question = { ...parts, ...ofDimensions(query), groupBy, stepMs, limit: maxPoints + 1 };
      const counted = await read(openTenant(access), query, question);
      if (counted.length > maxPoints)
        throw new ProblemError('QUERY_LIMIT', `The series have more than ${maxPoints} points.`);
      return {
        sli: query.sli,
        from: parts.from.toISOString(),
        to: parts.to.toISOString(),
        stepMs,
        series: makeSeries(counted, groupBy, columns),
      };
    });
  };
}

async function read(warehouse: TenantWarehouse, { sli, thresholdMs }: Asked, question: SeriesQuestion) {
  if (sli === 'latency') {
    const rows = await readUnder(warehouse, { ...question, thresholdMs });
    return rows.map(({ column, labels, under, total }) => ({ column, labels, good: under, total }));
  }
  const { good, total } = countedSlis[sli];
  const rows = await readSums(warehouse, question);
  return rows.map((row) => ({ column: row.column, labels: row.labels, good: good(row), total: total(row) }));
}

/** Durations are not kept by every dimension; ignoring a filter would answer another question. */
function requireKnown(query: Asked, groupBy: readonly Dimension[]): void {
  if (query.sli !== 'latency') return;
  const asked = dimensions.filter((name) => query[name] !== undefined || groupBy.includes(name));
  const unknown = asked.filter((name) => !latencyDimensions.includes(name));
  if (unknown.length > 0)
    throw new ProblemError(
      'BAD_REQUEST',
      `Durations are not kept by ${unknown.join(' and ')}; they are by ${latencyDimensions.join(', ')}.`,
    );
}

function ofDimensions(query: Asked): OfDimensions {
  const { environment = null, version = null, alias = null, region = null, team = null } = query;
  const { provider = null, account = null, arch = null, trigger = null } = query;
  const name = query.function ?? null;
  return { function: name, environment, version, alias, region, team, provider, account, arch, trigger };
}
