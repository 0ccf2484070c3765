import type { AttributionSettings, ClassificationSettings } from '../../../schemas/config/classification.js';
import { UsageRules, type UsageSettings } from '../../usage/usage-rules.js';
import { type ReadKey, readKey } from '../read-key.js';
import { AttributionRules } from './attribution-rules.js';
import { type FunctionOutcome, outcomeRules } from './outcome-rules.js';
import { SenderRules } from './sender-rules.js';

/** What the configuration says about invocations, compiled once. Null where it says nothing, so that nothing is paid. */
export type ClassificationRules = {
  senders: SenderRules | null;
  outcomeOf: ((functionName: string) => FunctionOutcome | null) | null;
  deliveryKeys: readonly ReadKey[];
  attribution: AttributionRules;
  usage: UsageRules;
};

export function classificationRules(
  { senders, outcomes, deliveryKeys }: ClassificationSettings,
  attribution: AttributionSettings,
  cost: UsageSettings = { functions: [], provisioned: [] },
): ClassificationRules {
  return {
    senders: senders.length === 0 ? null : new SenderRules(senders),
    outcomeOf: outcomeRules(outcomes),
    deliveryKeys: deliveryKeys.map(readKey),
    attribution: new AttributionRules(attribution),
    usage: new UsageRules(cost),
  };
}
