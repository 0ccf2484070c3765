import { Problem, ProblemError } from '../../schemas/problem.js';
import type { QueueSettings } from '../../schemas/queue-settings.js';
import { SliAnswer } from '../../schemas/sli.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import { longWindowMs } from '../functions/window-of.js';
import { answerSli, type SliAsked } from '../sli/answer-sli.js';
import { slis } from '../sli/registry.js';
import { refuseUnused } from '../sli/require-answerable.js';
import type { Extra } from '../sli/sli.js';
import { askedWindow } from './asked-window.js';
import type { ReadDeps } from './read-deps.js';
import { SliQuery } from './sli-query.js';

export function sliRoutes({ now, openTenant, costs }: ReadDeps, queues: QueueSettings): ZodPlugin {
  return async (app) => {
    const schema = { querystring: SliQuery, response: { 200: SliAnswer, 400: Problem, 422: Problem } };
    const config = { needs: 'viewer', summary: 'A service level indicator over time' } as const;
    app.get('/api/v1/sli', { schema, config }, async ({ query, access }) => {
      const at = now();
      const asked = askedOf(query, { queues, costs: costs ?? null }, at);
      refuseUnused(query.sli, slis[query.sli], extrasOf(query));
      return await answerSli(openTenant(access), asked, at);
    });
  };
}

function askedOf(query: SliQuery, deps: Pick<SliAsked, 'queues' | 'costs'>, now: Date): SliAsked {
  const { environment = null, version = null, alias = null, region = null, team = null } = query;
  const { provider = null, platform = null, account = null, arch = null, trigger = null } = query;
  const { outcome = null, errorType = null, product = null, feature = null, customer = null } = query;
  const { queue = null, peer = null, peerKind = null, operation = null, tag = null } = query;
  const equals = tag?.indexOf('=') ?? 0;
  const sli = slis[query.sli];
  return {
    ...askedWindow(query, now, longWindowMs),
    sli: query.sli,
    stepMs: query.step ?? null,
    compare: compareOf(query),
    function: query.function ?? null,
    ...{ environment, version, alias, region, team, provider, platform, account, arch, trigger },
    ...{ outcome, errorType, product, feature, customer, queue, peer, peerKind, operation },
    tagKey: tag?.slice(0, equals) ?? null,
    tagValue: tag?.slice(equals + 1) ?? null,
    groupBy: [...new Set(query.groupBy ?? [])],
    cold: query.coldStarts === 'only' ? true : query.coldStarts === 'excluded' ? false : null,
    thresholdMs: query.thresholdMs ?? sli.defaultThresholdMs ?? 300,
    quantiles: [...new Set(query.quantiles ?? [])],
    limit: query.limit ?? (query.sli === 'saturation' ? 1000 : 1e9),
    belowRatio: query.below ?? 0.8,
    sliceMs: query.slice ?? 300_000,
    atLeastRatio: query.atLeast ?? 0.95,
    ...deps,
  };
}

function compareOf({ compare, compareVersion }: SliQuery): SliAsked['compare'] {
  if (compare !== undefined && compareVersion !== undefined)
    throw new ProblemError('BAD_REQUEST', 'Give either compare or compareVersion, not both');
  if (compareVersion !== undefined) return { kind: 'version', version: compareVersion };
  return compare === undefined ? null : { kind: 'previous' };
}

function extrasOf(query: SliQuery): { extra: Extra; parameter: string }[] {
  const { thresholdMs, quantiles, coldStarts, limit, below, slice, atLeast } = query;
  const given = { thresholdMs, quantiles, coldStarts, limit, below, slice, atLeast };
  const extras = ['thresholdMs', 'quantiles', 'coldStarts', 'limit', 'below', 'slice', 'atLeast'] as const;
  return extras.flatMap((extra) => (given[extra] === undefined ? [] : [{ extra, parameter: extra }]));
}
