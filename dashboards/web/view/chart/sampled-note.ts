import type { FunctionSummary } from '../../../../schemas/functions.js';
import { exactCount } from '../format-count.js';
import type { ChartNote } from './chart-data.js';

/** Says so when senders sampled: each run that came then stands for several, and figures are estimates. */
export function sampledNotes(
  functions: readonly Pick<FunctionSummary, 'invocations' | 'seen'>[],
): ChartNote[] {
  const sampled = functions.filter(({ invocations, seen }) => seen !== null && seen < invocations);
  if (sampled.length === 0) return [];
  const sum = (of: (one: (typeof sampled)[number]) => number) =>
    sampled.reduce((total, one) => total + of(one), 0);
  const seen = exactCount(sum((one) => one.seen ?? 0));
  const stand = exactCount(sum(({ invocations }) => invocations));
  return [{ kind: 'sampled', text: `Sampled by its sender: ${seen} runs stand for ${stand}` }];
}
