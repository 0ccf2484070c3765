import { cut, type Draft, type Imported, idOf, type Source } from './draft.js';
import { at, labelsAt, listAt, textAt } from './fields.js';
import { rollingPeriod, shorthandMs } from './period-of.js';
import { readSelector } from './promql.js';
import { type CountedOrWhy, sliOfRatio, sliOfThreshold } from './sli-of-queries.js';
import type { YamlObject } from './yaml-objects.js';

/** A ServiceLevelObjective of Pyrra. */
export function importPyrra({ file, line, value }: YamlObject): Imported {
  const name = textAt(value, 'metadata', 'name') ?? '';
  const source: Source = { file, line, format: 'Pyrra v1alpha1', kind: 'ServiceLevelObjective', name };
  return { source, drafts: [draftOf(name, value)], lost: [] };
}

function draftOf(name: string, value: unknown): Draft {
  const spec = at(value, 'spec');
  const counted = countedOf(at(spec, 'indicator'));
  if ('why' in counted) return { slo: null, lost: [counted.why] };
  const target = textAt(spec, 'target');
  if (name === '' || target === undefined) return { slo: null, lost: ['it has no name or no target'] };
  const { period, lost } = rollingPeriod(textAt(spec, 'window') ?? '');
  const labels = labelsAt(value, 'metadata', 'labels');
  const owner = labels.get('pyrra.dev/team') ?? labels.get('team');
  const description = textAt(spec, 'description');
  if (at(spec, 'alerting', 'disabled') === true || at(spec, 'alerting', 'burnrates') === false)
    lost.push('alerts are switched off in the file; here the preset pyrra is in force');
  if (at(spec, 'alerting', 'absent') !== false)
    lost.push('the alert on absent metrics is not kept: lost telemetry is a state of its own here');
  if (textAt(spec, 'burnRateType') === 'dynamic')
    lost.push('factors that follow the traffic are not kept: budgets are weighed by events here');
  if (at(spec, 'performance_over_accuracy') === true)
    lost.push('approximate windows are not needed: sums are exact here');
  return {
    slo: {
      id: idOf(name),
      title: cut(name, 200),
      ...(description === undefined ? {} : { description: cut(description, 4000) }),
      ...(owner === undefined ? {} : { owner }),
      ...counted.keys,
      objective: `${target}%`,
      period,
      alerting: { preset: 'pyrra' },
    },
    lost: [...counted.lost, ...lost],
  };
}

function countedOf(indicator: unknown): CountedOrWhy {
  const metric = (...path: string[]) => textAt(indicator, ...path, 'metric');
  const kind = ['ratio', 'latency', 'latencyNative', 'bool_gauge', 'boolGauge'].find(
    (one) => at(indicator, one) !== undefined,
  );
  if (kind === undefined) return { why: 'it has no indicator' };
  const grouping = listAt(indicator, kind, 'grouping').map(String);
  const withGroups = (counted: CountedOrWhy): CountedOrWhy => {
    if ('why' in counted || grouping.length === 0) return counted;
    const note = `groups by ${grouping.join(', ')} are added up; for one objective each, say per: function`;
    return { ...counted, lost: [...counted.lost, note] };
  };
  if (kind === 'ratio') {
    const [bad, total] = [metric('ratio', 'errors'), metric('ratio', 'total')];
    if (bad === undefined || total === undefined) return { why: 'its ratio has no errors or no total' };
    return withGroups(sliOfRatio({ bad, total }));
  }
  if (kind === 'latency') {
    const [good, total] = [metric('latency', 'success'), metric('latency', 'total')];
    if (good === undefined || total === undefined) return { why: 'its latency has no success or no total' };
    return withGroups(sliOfRatio({ good, total }));
  }
  if (kind === 'latencyNative') return withGroups(nativeLatency(indicator));
  const gauge = metric(kind);
  if (gauge === undefined) return { why: 'its gauge has no metric' };
  // A probe is 1 when it went well and 0 when not.
  return withGroups(sliOfThreshold(gauge, 'gt', 0.5));
}

/** A native histogram has no bucket for the bound; only durations of functions are kept finely enough here. */
function nativeLatency(indicator: unknown): CountedOrWhy {
  const total = textAt(indicator, 'latencyNative', 'total', 'metric') ?? '';
  const under = shorthandMs(textAt(indicator, 'latencyNative', 'latency') ?? '');
  const selector = readSelector(total);
  if (selector === null || under === null) return { why: `the native histogram cannot be kept: ${total}` };
  const labels = selector.matchers.map(({ label, op, value }) => `${label}${op}"${value}"`).join(',');
  const le = (under / 1000).toString();
  const bucket = `${selector.metric}_bucket{${labels}${labels === '' ? '' : ','}le="${le}"}`;
  const counted = sliOfRatio({ good: bucket, total: `${selector.metric}_count{${labels}}` });
  if ('why' in counted || !JSON.stringify(counted.keys).includes('"latency"'))
    return { why: `a share under a bound of a native histogram is kept of runs of functions only: ${total}` };
  return counted;
}
