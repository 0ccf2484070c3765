import { at, listAt, textAt } from './fields.js';
import type { Referred } from './openslo.js';
import { type CountedOrWhy, sliOfRatio, sliOfThreshold } from './sli-of-queries.js';
import { isRecord } from './yaml-objects.js';

/** What an SLO counts: its indicator, inline or by name, of the objective or of the whole. */
export function indicatorOf(spec: unknown, objective: unknown, referred: Referred): CountedOrWhy {
  const named = [
    [objective, 'sliRef'],
    [objective, 'indicatorRef'],
    [spec, 'sliRef'],
    [spec, 'indicatorRef'],
  ] as const;
  const inline = [
    at(objective, 'sli'),
    at(objective, 'indicator'),
    at(spec, 'sli'),
    at(spec, 'indicator'),
  ].find(isRecord);
  const name = named.map(([value, key]) => textAt(value, key)).find((one) => one !== undefined);
  const found = inline ?? (name === undefined ? undefined : referred('SLI', name));
  if (found === undefined && name !== undefined) return { why: `the SLI "${name}" is in none of the files` };
  const indicator = at(found, 'spec') ?? found;
  const ratio =
    at(objective, 'ratioMetrics') ?? at(indicator, 'ratioMetric') ?? at(indicator, 'ratioMetrics');
  if (ratio !== undefined) return ratioOf(ratio, referred);
  const threshold = at(indicator, 'thresholdMetric');
  if (threshold === undefined) return { why: 'it has no indicator' };
  const value = Number(textAt(objective, 'value') ?? Number.NaN);
  const query = queryOf(threshold);
  if (query === undefined || !Number.isFinite(value))
    return { why: 'its threshold has no query or no value' };
  return sliOfThreshold(query, textAt(objective, 'op') ?? '', value);
}

function ratioOf(ratio: unknown, referred: Referred): CountedOrWhy {
  const raw = at(ratio, 'raw');
  if (raw !== undefined)
    return { why: `a ratio that is worked out already holds no counts: ${queryOf(raw) ?? ''}` };
  const [good, bad, total] = [at(ratio, 'good'), at(ratio, 'bad'), at(ratio, 'total')];
  const own = ownOf(good);
  if (own !== null) return own;
  const cloud = cloudWatchOf(bad, total, referred);
  if (cloud !== null) return cloud;
  const whole = queryOf(total);
  if (whole === undefined) return { why: 'its ratio has no total query' };
  if (queryOf(good) === undefined && queryOf(bad) === undefined)
    return { why: 'its ratio has no good or bad query' };
  const counted = sliOfRatio({ good: queryOf(good), bad: queryOf(bad), total: whole });
  if ('why' in counted || at(ratio, 'counter') !== false) return counted;
  return {
    ...counted,
    lost: [...counted.lost, '"counter: false" is not kept: the type of a metric is known here'],
  };
}

/** What `slo export` writes. */
function ownOf(good: unknown): CountedOrWhy | null {
  const source = at(good, 'metricSource');
  if (textAt(source, 'type')?.toLowerCase() !== 'coldburn') return null;
  const { sli, where, per } = asRecord(at(source, 'spec'));
  const chosen = { ...(isRecord(where) ? { where } : {}), ...(typeof per === 'string' ? { per } : {}) };
  if (!isRecord(sli)) return { why: 'its Coldburn source has no sli' };
  return {
    keys: { sli, ...chosen },
    lost: [],
  };
}

/** AWS/Lambda Errors over Invocations are the runs of that function. */
function cloudWatchOf(bad: unknown, total: unknown, referred: Referred): CountedOrWhy | null {
  const [failed, all] = [bad, total].map((metric) => {
    const source = at(metric, 'metricSource') ?? metric;
    const ref = textAt(source, 'metricSourceRef') ?? textAt(source, 'dataSourceRef');
    const data = ref === undefined ? undefined : referred('DataSource', ref);
    const type =
      textAt(source, 'type') ?? textAt(source, 'dataSourceSpec', 'type') ?? textAt(data, 'spec', 'type');
    return type?.toLowerCase() === 'cloudwatch' ? at(source, 'spec') : undefined;
  });
  const name = (spec: unknown) =>
    `${textAt(spec, 'namespace')} ${textAt(spec, 'metricName') ?? textAt(spec, 'metric')}`;
  if (name(failed) !== 'AWS/Lambda Errors' || name(all) !== 'AWS/Lambda Invocations') return null;
  const dimensions = at(all, 'dimensions');
  const listed = listAt(all, 'dimensions').find((one) => textAt(one, 'name') === 'FunctionName');
  const called = textAt(listed, 'value') ?? textAt(dimensions, 'FunctionName');
  return {
    keys: { sli: { kind: 'success' }, ...(called === undefined ? {} : { where: { function: [called] } }) },
    lost: [],
  };
}

/** Where versions of OpenSLO put the text of a query. */
function queryOf(metric: unknown): string | undefined {
  const spec = at(metric, 'metricSource', 'spec') ?? at(metric, 'spec') ?? metric;
  return textAt(spec, 'query') ?? textAt(spec, 'promql') ?? textAt(spec, 'expr');
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
