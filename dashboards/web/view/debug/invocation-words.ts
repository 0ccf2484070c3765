import type { z } from 'zod';
import type { InvocationRow } from '../../../../schemas/invocations.js';
import type { Outcome } from './debug-state.js';

type Row = z.infer<typeof InvocationRow>;

export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  ok: 'Ok',
  error: 'Error',
  timeout: 'Timeout',
  oom: 'Out of memory',
  throttled: 'Throttled',
  rejected: 'Rejected',
};

const sourceWords: Readonly<Record<Row['source'], string | null>> = {
  span: null,
  report: 'report only',
  inferred: 'inferred',
};

export type Mark = { label: string; title: string; kind: 'cold' | 'retry' | 'quiet' };

/** What is special about one invocation. */
export function invocationMarks(row: Row): Mark[] {
  const marks: Mark[] = [];
  if (row.cold) {
    const title =
      row.initMs === null
        ? 'Began with a cold start'
        : `Cold start, ${Math.round(row.initMs)} ms to initialise`;
    marks.push({ label: 'cold', title, kind: 'cold' });
  }
  if (row.attempt > 1)
    marks.push({
      label: `attempt ${row.attempt}`,
      title: 'A later attempt of the same request',
      kind: 'retry',
    });
  if (row.isSuperseded)
    marks.push({ label: 'retried', title: 'A later attempt of the same request exists', kind: 'retry' });
  if (row.isDuplicate)
    marks.push({ label: 'duplicate', title: 'The same event had been processed before', kind: 'retry' });
  const source = sourceWords[row.source];
  if (source !== null)
    marks.push({ label: source, title: 'No span tells of it; known by other records', kind: 'quiet' });
  return marks;
}

/** Why it failed, in one line; empty when nothing is told. */
export function errorLine({ errorType, errorMessage, httpStatus }: Row): string {
  const told = [errorType, errorMessage.split('\n', 1)[0] ?? ''].filter((part) => part !== '').join(': ');
  if (told !== '') return told;
  return httpStatus !== null && httpStatus >= 400 ? `HTTP ${httpStatus}` : '';
}
