import type { SliName } from '../../schemas/sli.js';
import { authFailure } from './auth-failure.js';
import { availability } from './availability.js';
import { coldStart } from './cold-start.js';
import { concurrency } from './concurrency.js';
import { costPerMillion } from './cost-per-million.js';
import { coverage } from './coverage.js';
import { dependencyError } from './dependency-error.js';
import { dependencyLatency } from './dependency-latency.js';
import { dlqGrowth } from './dlq-growth.js';
import { dlqRate } from './dlq-rate.js';
import { duplicate } from './duplicate.js';
import { error } from './error.js';
import { eventAge } from './event-age.js';
import { initTime } from './init-time.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { queueAge } from './queue-age.js';
import { retry } from './retry.js';
import { saturation } from './saturation.js';
import type { Sli } from './sli.js';
import { success } from './success.js';
import { throttle } from './throttle.js';
import { timeToRemediation } from './time-to-remediation.js';
import { timeout } from './timeout.js';
import { traceLatency } from './trace-latency.js';

/** Every indicator, by the name the API knows it by. A new one is a file, a line here and one in schemas/sli.ts. */
export const slis: Readonly<Record<SliName, Sli>> = {
  success,
  latency,
  coldStart,
  throttle,
  timeout,
  retry,
  duplicate,
  error,
  initTime,
  eventAge,
  memory,
  authFailure,
  availability,
  traceLatency,
  coverage,
  concurrency,
  saturation,
  dependencyError,
  dependencyLatency,
  dlqGrowth,
  dlqRate,
  queueAge,
  timeToRemediation,
  costPerMillion,
};
