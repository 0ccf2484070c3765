import { rowDimensions } from './dimensions.js';
import { countMeasured } from './measured.js';
import type { Sli } from './sli.js';

export const eventAge: Sli = {
  unit: 'ms',
  says: 'started less than `thresholdMs` after their event, of those that told it; the value is the mean, or percentiles',
  dimensions: [],
  rowDimensions,
  kept: 'rows',
  takes: ['thresholdMs', 'quantiles', 'coldStarts'],
  defaultThresholdMs: 60_000,
  adds: false,
  read: async (warehouse, question) => await countMeasured(warehouse, question, 'eventAge'),
};
