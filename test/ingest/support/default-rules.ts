import {
  type ClassificationRules,
  classificationRules,
} from '../../../ingest/classify/rules/classification-rules.js';
import { Settings } from '../../../schemas/config/config.js';

/** What the receiver goes by when nobody configured anything. */
export const defaultIngest = Settings.parse({}).ingest;

export const defaultRules: ClassificationRules = classificationRules(
  defaultIngest.classification,
  defaultIngest.attribution,
);
