import type { AttributionSettings, ClassificationSettings } from '../../schemas/config/classification.js';
import { keptDays, type Retention } from '../../schemas/retention.js';
import { InitSpans } from '../classify/init-spans.js';
import { classificationRules } from '../classify/rules/classification-rules.js';
import type { LimitSettings } from '../limits/limit-settings.js';
import { NamesInUse } from '../limits/tenant-names.js';
import { openReceivers, type Receivers } from '../open-receivers.js';
import type { AcceptedTimes, ReceiverDeps } from '../received.js';
import { type RedactionSettings, Redactor } from '../redact/redactor.js';
import { openSamplers } from '../sampling/open-samplers.js';
import type { SamplingSettings } from '../sampling/sampler.js';
import type { UsageSettings } from '../usage/usage-rules.js';
import type { Knowledge } from './knowledge.js';

/** Everything that reading requests depends on, as plain values: a thread is handed a copy. */
export type DecodeSettings = {
  readonly limits: LimitSettings;
  readonly sampling: SamplingSettings;
  readonly retention: Retention;
  readonly redaction: RedactionSettings;
  readonly classification: ClassificationSettings;
  readonly attribution: AttributionSettings;
  readonly cost: UsageSettings;
  /** Of the choice which items are looked at; a whole number above 0. */
  readonly seed: number;
};

export type OpenDecoder = { readonly receivers: Receivers; readonly knowledge: Knowledge };

const dayMs = 86_400_000;
/** Whatever the retention; together below 100 days, so that an insert touches no more than 100 daily partitions. */
const mostAgeMs = 90 * dayMs;

/** The receivers of all signals, and what they know of each other's requests. */
export function openDecoder(
  settings: DecodeSettings,
  { write, nowMs }: Pick<ReceiverDeps, 'write' | 'nowMs'>,
): OpenDecoder {
  const rules = classificationRules(settings.classification, settings.attribution, settings.cost);
  const names = new NamesInUse(settings.limits, settings.seed);
  const samplers = openSamplers(settings.sampling, rules);
  const inits = new InitSpans();
  const redactor = new Redactor(settings.redaction);
  const times = acceptedTimes(settings.retention);
  return {
    receivers: openReceivers({ write, nowMs, times, redactor, names, samplers }, rules, inits),
    knowledge: { names, kept: samplers.kept, inits },
  };
}

function acceptedTimes(retention: Retention): AcceptedTimes {
  return {
    maxAgeMs: (table, tenant) => Math.min(mostAgeMs, keptDays(retention, table, tenant) * dayMs),
    maxAheadMs: dayMs,
  };
}
