import { shareUnder } from '../latency/bucket-counts.js';
import { quantileOfBuckets } from './quantile-of.js';
import { callDimensions, readCalls } from './read-calls.js';
import type { Sli } from './sli.js';

export const dependencyLatency: Sli = {
  unit: 'ratio',
  says: 'calls to a dependency that took less than `thresholdMs`, of all; with `quantiles` the values are percentiles',
  dimensions: callDimensions,
  rowDimensions: null,
  kept: 'minutes',
  takes: ['thresholdMs', 'quantiles'],
  defaultThresholdMs: 300,
  adds: true,
  read: async (warehouse, { quantiles, ...question }) =>
    (await readCalls(warehouse, { ...question, quantiles })).flatMap(({ column, labels, counts }) => {
      const { under, total } = shareUnder(counts, question.thresholdMs * 1000);
      const one = { column, labels, good: under, total };
      if (quantiles.length === 0) return [one];
      return quantiles.map((quantile) => ({
        ...one,
        labels: [...labels, String(quantile)],
        value: quantileOfBuckets(counts, quantile),
      }));
    }),
};
