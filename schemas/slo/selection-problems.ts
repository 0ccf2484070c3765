import type { dimensions, Selector } from './selector.js';
import type { SliDefinition } from './slo-definition.js';

type Dimension = (typeof dimensions)[number];
type Selected = { per?: Dimension | undefined; where: Selector; sli: SliDefinition };
export type SelectionProblem = { path: string[]; message: string };

/** Kinds that are made of runs: single ones can be asked by tag. */
const ofRuns: readonly SliDefinition['kind'][] = [
  'success',
  'latency',
  'error',
  'timeout',
  'retry',
  'duplicate',
  'cold-start',
  'custom',
  'memory',
  'auth-failure',
];

/** Why an indicator cannot be told by what was selected. Every sum is kept by some dimensions and not by others. */
export function selectionProblems({ per, where, sli: given }: Selected): SelectionProblem[] {
  const sli = given.kind === 'time-slice' ? given.of : given;
  const selected = Object.entries(where)
    .filter(([name, globs]) => globs !== undefined && name !== 'tags')
    .map(([name]) => name);
  const refused = (isKnown: (name: string) => boolean, why: string): SelectionProblem[] => [
    ...selected.filter((name) => !isKnown(name)).map((name) => ({ path: ['where', name], message: why })),
    ...(per !== undefined && !isKnown(per) ? [{ path: ['per'], message: why }] : []),
  ];
  if (ofRuns.includes(sli.kind)) {
    if (sli.kind !== 'latency' || where.tags !== undefined) return [];
    return ['alias', 'trigger'].flatMap((name) => {
      const message = `cannot be used with latency: durations are not kept by ${name}`;
      return refused((one) => one !== name, message);
    });
  }
  const tagged =
    where.tags === undefined
      ? []
      : [{ path: ['where', 'tags'], message: `cannot be used with ${sli.kind}: only runs have tags` }];
  if (sli.kind === 'composite')
    return [
      ...tagged,
      ...selected.map((name) => ({
        path: ['where', name],
        message: 'cannot be used with composite: its parts say what counts',
      })),
    ];
  const why = `cannot be used with ${sli.kind}: it is told by function and environment`;
  return [...tagged, ...refused((name) => name === 'function' || name === 'environment', why)];
}
