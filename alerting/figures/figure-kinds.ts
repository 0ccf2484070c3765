import type { SliDefinition } from '../../schemas/slo/slo-definition.js';

/** Kinds that are told by metrics, spans of calls or counts of a provider, and not by the runs themselves. */
const figureKinds = [
  'metric-ratio',
  'gauge',
  'throttle',
  'coverage',
  'saturation',
  'dependency-error',
  'dependency-latency',
  'dlq-growth',
  'dlq-rate',
  'queue-age',
] as const satisfies readonly SliDefinition['kind'][];
export type FigureSli = Extract<SliDefinition, { kind: (typeof figureKinds)[number] }>;

export function isFigure(sli: SliDefinition): sli is FigureSli {
  return figureKinds.some((kind) => kind === sli.kind);
}

/** Those that compare what others tell with runs: news of either changes them. */
export function comparesWithRuns({ kind }: FigureSli): boolean {
  return kind === 'throttle' || kind === 'coverage' || kind === 'dlq-rate';
}

/** How long after a minute a late point may still change it: counters, depths and counts are looked at an hour back. */
export const looksBackMs = 3_600_000;
