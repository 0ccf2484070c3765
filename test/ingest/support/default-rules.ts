import {
  type ClassificationRules,
  classificationRules,
} from '../../../ingest/classify/rules/classification-rules.js';
import { Settings } from '../../../schemas/config/config.js';

/** What the receiver goes by when nobody configured anything. */
export const defaultIngest = Settings.parse({}).ingest;

/** The rules of the `ingest` part of a configuration. */
export function rulesOf(ingest: object): ClassificationRules {
  const { classification, attribution } = Settings.parse({ ingest }).ingest;
  return classificationRules(classification, attribution);
}

export const defaultRules: ClassificationRules = rulesOf({});
