import type { ClassificationRules } from '../classify/rules/classification-rules.js';
import { KeptTraces } from './kept-traces.js';
import { NotableTraces } from './notable-traces.js';
import { Sampler, type SamplingSettings } from './sampler.js';

/** What the receivers sample with; null where everything is kept, so that keeping everything costs nothing. */
export type Samplers = {
  /** What they keep whole, which every thread must know. */
  readonly kept: KeptTraces | null;
  readonly spans: Sampler | null;
  readonly logs: Sampler | null;
  /** Looks through spans first. Logs follow the traces it finds, so it is there when either is sampled. */
  readonly notable: NotableTraces | null;
};

export function openSamplers(
  { spansRatio, logsRatio, slowMs }: SamplingSettings,
  rules: ClassificationRules,
): Samplers {
  const kept = new KeptTraces();
  const isSampling = spansRatio < 1 || logsRatio < 1;
  return {
    kept: isSampling ? kept : null,
    spans: spansRatio < 1 ? new Sampler(spansRatio, kept) : null,
    logs: logsRatio < 1 ? new Sampler(logsRatio, kept) : null,
    notable: isSampling ? new NotableTraces(kept, slowMs, rules) : null,
  };
}
