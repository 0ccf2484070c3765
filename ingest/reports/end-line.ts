import { nothingTold, type PlatformReport } from './platform-report.js';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const timedOut = new RegExp(`(?:^|\\s)(?:(${uuid}) )?(Task timed out after ([\\d.]+) seconds)\\s*$`);
/** The error's type may follow on a line of its own. */
const exited = new RegExp(`^RequestId: (${uuid}) (Error: .*)(?:\\n(\\S+))?`);
const ends = [
  { pattern: /signal: killed|OutOfMemory/, outcome: 'oom', type: 'Runtime.OutOfMemory' },
  { pattern: /timed out/i, outcome: 'timeout', type: 'Sandbox.Timedout' },
  { pattern: /Runtime exited|without providing a reason/, outcome: 'error', type: 'Runtime.ExitError' },
] as const;

/**
 * Reads the line Lambda writes when it ends a run itself: "Task timed out after 3.00 seconds" and "RequestId: … Error:
 * Runtime exited with error: signal: killed". Null for any other line, and where no invocation id is known.
 */
export function parseEndLine(text: string, knownId: string): PlatformReport | null {
  const [, timedOutId, message, seconds] = timedOut.exec(text) ?? [];
  if (message !== undefined) {
    const invocationId = timedOutId ?? knownId;
    if (invocationId === '') return null;
    return {
      ...nothingTold,
      invocationId,
      outcome: 'timeout',
      errorType: 'Sandbox.Timedout',
      errorMessage: message,
      durationMs: Math.round(Number(seconds) * 1000) || 0,
    };
  }
  const [, invocationId, errorMessage, type = ''] = exited.exec(text) ?? [];
  if (invocationId === undefined || errorMessage === undefined) return null;
  const end = ends.find(({ pattern }) => pattern.test(type) || pattern.test(errorMessage));
  if (end === undefined) return null;
  return {
    ...nothingTold,
    invocationId,
    outcome: end.outcome,
    errorType: end.type,
    errorMessage: errorMessage.replace(/^Error: /, '').trim(),
  };
}
