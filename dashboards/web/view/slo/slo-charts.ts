import type { Deployment } from '../../../../schemas/deployment.js';
import type { Share } from '../../../../schemas/slo/percent.js';
import { percentText } from '../../../../schemas/slo/percent.js';
import { matchesGlob } from '../../../../schemas/slo/selector.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import type { ChartData, ChartMark } from '../chart/chart-data.js';
import { formatCount } from '../format-count.js';
import { budgetCurve, type Events } from './budget-curve.js';
import { budgetText } from './slo-words.js';

const mostMarks = 40;

type Deployed = Pick<Deployment, 'function' | 'version' | 'at'>;

/** Deployments of the functions an objective is about. */
function marksOf(definition: SloDefinition | null, deployments: readonly Deployed[]): ChartMark[] {
  const globs = definition?.where.function;
  return deployments
    .filter(({ function: name }) => globs === undefined || globs.some((glob) => matchesGlob(name, glob)))
    .slice(0, mostMarks)
    .map(({ function: name, version, at }) => ({
      atMs: Date.parse(at),
      label: `${name} ${version}`,
      href: `/functions/${encodeURIComponent(name)}?${new URLSearchParams({ version })}`,
    }));
}

/** What was left over the period; with an objective tried out, the one in force beside it. */
export function budgetChart(
  events: Events,
  { objective, inForce }: { objective: Share; inForce: Share },
  definition: SloDefinition | null,
  deployments: readonly Deployed[],
): ChartData {
  const isTried = percentText(objective) !== percentText(inForce);
  const values = budgetCurve(events, objective);
  const lowest = values.reduce<number>((low, value) => Math.min(low, value ?? 0), 0);
  return {
    fromMs: events.fromMs,
    stepMs: events.stepMs,
    steps: events.steps,
    series: [
      ...(isTried
        ? [
            {
              key: 'in-force',
              label: `${percentText(inForce)}, in force`,
              color: 'text-3' as const,
              kind: 'line' as const,
              values: budgetCurve(events, inForce),
            },
          ]
        : []),
      {
        key: 'left',
        label: isTried ? `${percentText(objective)}, tried out` : 'Budget left',
        color: lowest < 0 ? 'bad' : 'accent',
        kind: 'area',
        values,
      },
    ],
    format: budgetText,
    least: lowest < 0 ? null : 0,
    most: 1,
    lines: lowest < 0 ? [{ value: 0, label: 'spent', color: 'bad' }] : [],
    marks: marksOf(definition, deployments),
  };
}

/** What happened, bad on top of good. */
export function eventsChart(
  events: Events,
  definition: SloDefinition | null,
  deployments: readonly Deployed[],
): ChartData {
  return {
    fromMs: events.fromMs,
    stepMs: events.stepMs,
    steps: events.steps,
    series: [
      { key: 'good', label: 'Good', color: 'series-good', kind: 'bar', values: events.good },
      { key: 'bad', label: 'Bad', color: 'bad', kind: 'bar', values: events.bad },
    ],
    format: formatCount,
    least: 0,
    most: null,
    lines: [],
    marks: marksOf(definition, deployments),
  };
}
