import { rowDimensions } from './dimensions.js';
import { countMeasured } from './measured.js';
import type { Sli } from './sli.js';

export const initTime: Sli = {
  unit: 'ms',
  says: 'initialised in less than `thresholdMs`, of cold starts that told how long it took; the value is the mean, or percentiles',
  dimensions: [],
  rowDimensions,
  kept: 'rows',
  takes: ['thresholdMs', 'quantiles'],
  defaultThresholdMs: 1000,
  adds: false,
  read: async (warehouse, question) => await countMeasured(warehouse, question, 'init'),
};
