import type { LimitSettings } from '../../../ingest/limits/limit-settings.js';
import type { SamplingSettings } from '../../../ingest/sampling/sampler.js';

/** So wide that no test meets them that does not set out to. */
export const wideLimits: LimitSettings = {
  attributesPerItem: 10_000,
  keyBytes: 1_000_000,
  valueBytes: 10_000_000,
  nameBytes: 1_000_000,
  bodyBytes: 10_000_000,
  functions: 1_000_000,
  attributeKeys: 1_000_000,
  spanNames: 1_000_000,
  metricNames: 1_000_000,
  columnValues: 1_000_000,
};

export const keepEverything: SamplingSettings = { spansRatio: 1, logsRatio: 1, slowMs: 1000 };
