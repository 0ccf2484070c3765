import { budgetExhausted } from './budget-exhausted.js';
import { coldStartStorm } from './cold-start-storm.js';
import { concurrencyNearLimit } from './concurrency-near-limit.js';
import { costAnomaly } from './cost-anomaly.js';
import { costBudgetSpent } from './cost-budget-spent.js';
import { costBurn } from './cost-burn.js';
import { coverageDrop } from './coverage-drop.js';
import { credentialFailures } from './credential-failures.js';
import { dlqGrowth } from './dlq-growth.js';
import { duplicateProcessing } from './duplicate-processing.js';
import { eventStorm } from './event-storm.js';
import { idleProvisioned } from './idle-provisioned.js';
import { iteratorAge } from './iterator-age.js';
import { memoryNearLimit } from './memory-near-limit.js';
import { nearTimeout } from './near-timeout.js';
import { queueAge } from './queue-age.js';
import { retryStorm } from './retry-storm.js';
import type { Rule } from './rule.js';
import { silentFunction } from './silent-function.js';
import { throttling } from './throttling.js';
import { versionRegression } from './version-regression.js';

/** Every rule beside burn rates. A new one is a file, a line here, and a page in docs/runbooks/. */
export const rules: readonly Rule[] = [
  budgetExhausted,
  dlqGrowth,
  queueAge,
  throttling,
  concurrencyNearLimit,
  coldStartStorm,
  retryStorm,
  eventStorm,
  duplicateProcessing,
  versionRegression,
  silentFunction,
  coverageDrop,
  credentialFailures,
  nearTimeout,
  memoryNearLimit,
  iteratorAge,
  idleProvisioned,
  costBurn,
  costBudgetSpent,
  costAnomaly,
];
