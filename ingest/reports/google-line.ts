import type { Outcome } from '../classify/invocation.js';
import { nothingTold, type PlatformReport } from './platform-report.js';

const finished = /^Function execution took (\d+) ms,? finished with status: '([a-z ]+)'/;

/** What ends a run together with its span. Of other endings the framework's own span tells, under an id of its own. */
const ends: Readonly<Record<string, { outcome: Outcome; errorType: string }>> = {
  timeout: { outcome: 'timeout', errorType: 'Function.Timeout' },
  'load timeout': { outcome: 'timeout', errorType: 'Function.LoadTimeout' },
  'out of memory': { outcome: 'oom', errorType: 'OutOfMemory' },
  crash: { outcome: 'error', errorType: 'Function.Crash' },
  'load error': { outcome: 'error', errorType: 'Function.LoadError' },
};

/**
 * Reads Google's line at the end of a run of a first-generation function, when the run was ended from outside. Its execution
 * id is in no span: a run that ended by itself is known by its span, and told of twice it would be counted twice.
 */
export function parseGoogleLine(text: string, executionId: string): PlatformReport | null {
  const [message, ms, status] = finished.exec(text) ?? [];
  const end = status === undefined ? undefined : ends[status];
  if (end === undefined || message === undefined || executionId === '') return null;
  return {
    ...nothingTold,
    teller: 'gcp',
    invocationId: executionId,
    ...end,
    errorMessage: message,
    durationMs: Number(ms),
  };
}
