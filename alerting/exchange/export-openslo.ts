import { formatDuration } from '../../schemas/config/duration.js';
import { ratioOf } from '../../schemas/slo/percent.js';
import { nominalLengthMs, type Period } from '../../schemas/slo/period.js';
import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';
import { writeSlo } from '../../schemas/slo/write-slo.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import { factorOf } from '../tiers/tier-maths.js';
import { isRecord } from './yaml-objects.js';

/** OpenSLO's names are at most this long; ours may be longer. */
const longestName = 63;

export type ExportedSlo = { object: object; lost: string[] };

/**
 * An objective as OpenSLO v1. What is counted stands in a metric source of type Coldburn, and what OpenSLO has no word for
 * in annotations, so that importing it gives the same objective; alert policies are written for other tools.
 */
export function exportOpenSlo(definition: SloDefinition): ExportedSlo {
  const { id, title, description, owner, runbook, objective, period, per, sli } = definition;
  const written = writeSlo(definition);
  const { where, alerting } = written;
  const counted =
    sli.kind === 'time-slice' && isRecord(written['sli']) ? written['sli']['of'] : written['sli'];
  const chosen = { where, ...(per === undefined ? {} : { per }) };
  const source = (spec: object) => ({ metricSource: { type: 'Coldburn', spec } });
  const lost =
    id.length > longestName ? [`the name is longer than the ${longestName} characters OpenSLO allows`] : [];
  const tiers = judgeTiers(definition).filter(({ problems }) =>
    problems.every(({ kind }) => kind !== 'refused'),
  );
  if (tiers.length > 0)
    lost.push('short windows of tiers stand in an annotation: OpenSLO has one window a condition');
  const object = {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: id,
      displayName: title,
      annotations: {
        'coldburn.dev/alerting': JSON.stringify(alerting),
        ...(owner === undefined ? {} : { 'coldburn.dev/owner': owner }),
        ...(runbook === undefined ? {} : { 'coldburn.dev/runbook': runbook }),
      },
    },
    spec: {
      ...(description === undefined ? {} : { description }),
      service: owner ?? 'coldburn',
      indicator: {
        metadata: { name: `${id}-indicator` },
        spec: {
          ratioMetric: {
            counter: true,
            good: source({ sli: counted, ...chosen }),
            total: source({ ...chosen, events: 'all' }),
          },
        },
      },
      timeWindow: [windowOf(period)],
      budgetingMethod: sli.kind === 'time-slice' ? 'Timeslices' : 'Occurrences',
      objectives: [{ displayName: title, target: ratioOf(objective), ...sliceOf(sli) }],
      alertPolicies: tiers.map(({ tier }, index) => ({
        kind: 'AlertPolicy',
        metadata: { name: `${id.slice(0, 50)}-${tier.severity}-${index + 1}` },
        spec: {
          alertWhenBreaching: true,
          alertWhenResolved: true,
          alertWhenNoData: false,
          conditions: [
            {
              kind: 'AlertCondition',
              metadata: { name: `${id.slice(0, 40)}-${tier.severity}-${index + 1}-burn` },
              spec: {
                severity: tier.severity,
                condition: {
                  kind: 'burnrate',
                  op: 'gt',
                  threshold: factorOf(tier, nominalLengthMs(period)),
                  lookbackWindow: formatDuration(tier.longMs),
                  alertAfter: '0m',
                },
              },
            },
          ],
          notificationTargets: [],
        },
      })),
    },
  };
  return { object, lost };
}

function sliceOf(sli: SliDefinition) {
  if (sli.kind !== 'time-slice') return {};
  return { timeSliceTarget: ratioOf(sli.atLeast), timeSliceWindow: formatDuration(sli.slice) };
}

const shorthand = { week: '1w', month: '1M', quarter: '1Q', year: '1Y' } as const;

function windowOf(period: Period) {
  if (period.kind === 'rolling') return { duration: formatDuration(period.lengthMs), isRolling: true };
  // A Monday, and the first of a month, quarter and year.
  const startTime = period.unit === 'week' ? '2024-01-01 00:00:00' : '2026-01-01 00:00:00';
  return {
    duration: shorthand[period.unit],
    isRolling: false,
    calendar: { startTime, timeZone: period.zone },
  };
}
