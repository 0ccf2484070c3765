import type { Outcome } from '../classify/invocation.js';
import { ranOutOfMemory } from './platform-report.js';

type Told = {
  /** As the platform writes it: success, timeout, error, failure; '' is success. */
  status: string;
  errorType: string;
  memoryMb: number;
  memoryUsedMb: number;
};

/** How a run ended by the platform's own word. A status nobody knows is a failure: success has a name. */
export function reportOutcome({ status, errorType, memoryMb, memoryUsedMb }: Told): Outcome {
  const word = status.toLowerCase();
  if (word === '' || word === 'success') return 'ok';
  if (word === 'timeout') return 'timeout';
  if (/OutOfMemory/i.test(errorType) || ranOutOfMemory('error', memoryMb, memoryUsedMb)) return 'oom';
  return /Timedout|Timeout/i.test(errorType) ? 'timeout' : 'error';
}
