import type { FunctionSummary } from '../../../schemas/functions.js';

export type OutcomeRow = { label: string; count: number; kind: 'good' | 'bad' };

/** How the invocations ended: ok always, the others only where they happened. */
export function outcomeRows({ outcomes }: FunctionSummary): OutcomeRow[] {
  const bad: OutcomeRow[] = [
    { label: 'Error', count: outcomes.error, kind: 'bad' },
    { label: 'Timeout', count: outcomes.timeout, kind: 'bad' },
    { label: 'Out of memory', count: outcomes.oom, kind: 'bad' },
    { label: 'Throttled', count: outcomes.throttled, kind: 'bad' },
    { label: 'Rejected', count: outcomes.rejected, kind: 'bad' },
  ];
  return [{ label: 'Ok', count: outcomes.ok, kind: 'good' }, ...bad.filter(({ count }) => count > 0)];
}
