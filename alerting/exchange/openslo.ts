import { cut, type Draft, type Imported, idOf, type Source } from './draft.js';
import { at, labelsAt, listAt, textAt } from './fields.js';
import { alertingOf } from './openslo-alerts.js';
import { indicatorOf } from './openslo-indicator.js';
import { calendarPeriod, rollingPeriod, shorthandMs, unitOf } from './period-of.js';
import type { YamlObject } from './yaml-objects.js';

/** Objects that others refer to by name, by kind and name. */
export type Referred = (kind: string, name: string) => unknown;

/** An SLO of OpenSLO v1alpha, v1 or v2alpha: one objective of ours for each of its objectives. */
export function importOpenSlo({ file, line, value }: YamlObject, referred: Referred): Imported {
  const version = (textAt(value, 'apiVersion') ?? '').split('/')[1] ?? '';
  const name = textAt(value, 'metadata', 'name') ?? '';
  const source: Source = { file, line, format: `OpenSLO ${version}`, kind: 'SLO', name };
  const objectives = listAt(value, 'spec', 'objectives');
  const drafts = objectives.map((one, index) =>
    draftOf(value, one, objectives.length > 1 ? index : null, referred),
  );
  return { source, drafts, lost: drafts.length === 0 ? ['it has no objectives'] : [] };
}

function draftOf(value: unknown, one: unknown, index: number | null, referred: Referred): Draft {
  const spec = at(value, 'spec');
  const name = textAt(value, 'metadata', 'name');
  if (name === undefined) return { slo: null, lost: ['it has no name'] };
  const target = textAt(one, 'target');
  const percent = textAt(one, 'targetPercent');
  const objective = percent === undefined ? target : `${percent}%`;
  if (objective === undefined) return { slo: null, lost: ['its objective has no target'] };
  const counted = indicatorOf(spec, one, referred);
  if ('why' in counted) return { slo: null, lost: [counted.why] };
  const lost = [...counted.lost];
  const sliced = slicedOf(spec, one, counted.keys.sli, lost);
  const period = periodOf(spec, lost);
  const kept = labelsAt(value, 'metadata', 'annotations');
  const alerting = alertingOf(spec, kept, period, referred, lost);
  const display = textAt(value, 'metadata', 'displayName') ?? name;
  const part = textAt(one, 'displayName');
  const title = index === null || part === undefined ? display : `${display}: ${part}`;
  const labels = labelsAt(value, 'metadata', 'labels');
  const isOurs = kept.has('coldburn.dev/alerting');
  const owner = kept.get('coldburn.dev/owner') ?? labels.get('owner') ?? labels.get('team');
  const service = textAt(spec, 'service');
  if (!isOurs && service !== undefined)
    lost.push(`the service "${service}" is not kept; say owner, or where, instead`);
  const rest = [...labels.keys()].filter((label) => label !== 'owner' && label !== 'team');
  if (rest.length > 0) lost.push(`labels are not kept: ${rest.join(', ')}`);
  const runbook = kept.get('coldburn.dev/runbook');
  const description = textAt(spec, 'description');
  if (at(one, 'compositeWeight') !== undefined)
    lost.push(
      'a weight is not kept: each objective stands for itself; say sli: { kind: composite } to join them',
    );
  return {
    slo: {
      id: idOf(name, index === null ? undefined : (part ?? String(index + 1))),
      title: cut(title, 200),
      ...(description === undefined ? {} : { description: cut(description, 4000) }),
      ...(owner === undefined ? {} : { owner }),
      ...(runbook === undefined ? {} : { runbook }),
      ...counted.keys,
      sli: sliced,
      objective,
      period,
      ...(alerting === null ? {} : { alerting }),
    },
    lost,
  };
}

/** By slices when the budget is: those that were good enough count, not events. */
function slicedOf(spec: unknown, one: unknown, sli: object, lost: string[]): object {
  const method = (textAt(spec, 'budgetingMethod') ?? 'Occurrences').toLowerCase();
  if (method === 'occurrences') return sli;
  if (method !== 'timeslices') {
    lost.push(
      `the budgeting method "${textAt(spec, 'budgetingMethod')}" averages ratios; events are counted instead`,
    );
    return sli;
  }
  if (at(sli, 'kind') === 'gauge') return sli;
  const window = textAt(one, 'timeSliceWindow') ?? '1m';
  const sliceMs = shorthandMs(/^\d+$/.test(window) ? `${window}m` : window);
  const atLeast = textAt(one, 'timeSliceTarget');
  if (sliceMs === null || sliceMs < 60_000 || atLeast === undefined || at(sli, 'kind') === 'metric-ratio') {
    lost.push(`time slices of ${window} cannot be kept for this indicator; events are counted instead`);
    return sli;
  }
  return { kind: 'time-slice', slice: sliceMs, atLeast, of: sli };
}

function periodOf(spec: unknown, lost: string[]) {
  const window = listAt(spec, 'timeWindow')[0] ?? listAt(spec, 'timeWindows')[0];
  const unit = textAt(window, 'unit');
  const length =
    unit === undefined ? textAt(window, 'duration') : `${textAt(window, 'count') ?? '1'}${unitOf(unit)}`;
  if (length === undefined) {
    lost.push('it has no time window; 30d is used');
    return '30d';
  }
  const isCalendar = at(window, 'calendar') !== undefined && at(window, 'isRolling') !== true;
  const { period, lost: missed } = isCalendar
    ? calendarPeriod(length, textAt(window, 'calendar', 'startTime'), textAt(window, 'calendar', 'timeZone'))
    : rollingPeriod(length);
  lost.push(...missed);
  return period;
}
