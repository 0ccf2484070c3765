import type { FunctionSummary } from '../../../schemas/functions.js';

type Figure = { label: string; why: string };

const needsCounts = 'needs provider counts';

const figures: { [Key in keyof FunctionSummary]?: Figure } = {
  throttles: { label: 'Throttles', why: needsCounts },
  coverageRatio: { label: 'Telemetry coverage', why: needsCounts },
  concurrencyMax: { label: 'Peak concurrency', why: 'worked out within a minute' },
  retries: { label: 'Retries', why: 'not told by metrics' },
  duplicates: { label: 'Duplicates', why: 'not told by metrics' },
};

/** The figures of a function nobody can know yet, each with the reason. */
export function unknownFigures(summary: FunctionSummary): Figure[] {
  return Object.entries(figures)
    .filter(([key]) => Object.entries(summary).some(([name, value]) => name === key && value === null))
    .map(([, figure]) => figure);
}
