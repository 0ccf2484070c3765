import type { z } from 'zod';
import type { FunctionList } from '../../../../schemas/functions.js';
import type { LatencySummary } from '../../../../schemas/latency.js';
import { type Answer, pointsOf } from './outcome-steps.js';

export type Headline = {
  invocations: number;
  bad: number;
  successRatio: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  coldStarts: number;
  coldStartRatio: number | null;
  retries: number;
  duplicates: number;
  /** Null when not told, or when several rows cannot be made one. */
  concurrencyMax: number | null;
  coverageRatio: number | null;
};

export type HeadlineAnswers = {
  success: Answer;
  coldStart: Answer;
  retry: Answer;
  duplicate: Answer;
  latency: z.infer<typeof LatencySummary>;
  functions: z.infer<typeof FunctionList> | null;
};

/** Sums of counts; what cannot be added up is shown only when one row tells it. */
export function headlineOf(name: string, answers: HeadlineAnswers): Headline {
  const success = sums(answers.success);
  const cold = sums(answers.coldStart);
  const retry = sums(answers.retry);
  const duplicate = sums(answers.duplicate);
  const { quantilesMs } = answers.latency;
  const rows = answers.functions?.functions.filter((row) => row.function === name) ?? [];
  const only = rows.length === 1 ? rows[0] : undefined;
  return {
    invocations: success.total,
    bad: success.total - success.good,
    successRatio: success.total === 0 ? null : success.good / success.total,
    p50Ms: quantilesMs['0.5'] ?? null,
    p95Ms: quantilesMs['0.95'] ?? null,
    p99Ms: quantilesMs['0.99'] ?? null,
    coldStarts: cold.total - cold.good,
    coldStartRatio: cold.total === 0 ? null : (cold.total - cold.good) / cold.total,
    retries: retry.total - retry.good,
    duplicates: duplicate.total - duplicate.good,
    concurrencyMax: only?.concurrencyMax ?? null,
    coverageRatio: only?.coverageRatio ?? null,
  };
}

function sums(answer: Answer): { good: number; total: number } {
  return pointsOf(answer).reduce(
    (sum, point) => ({ good: sum.good + point.good, total: sum.total + point.total }),
    { good: 0, total: 0 },
  );
}
