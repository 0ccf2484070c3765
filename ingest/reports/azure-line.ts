import { nothingTold, type PlatformReport } from './platform-report.js';

const executed =
  /^Executed '(?:Functions\.)?([^']+)' \((Succeeded|Failed), Id=([0-9a-f-]{36})(?:, Duration=(\d+)ms)?\)/;
const exceeded =
  /^Timeout value of (\d+):(\d\d):(\d\d)(?:\.\d+)? (?:was )?exceeded by function:? '?(?:Functions\.)?([^'\s]+)'? \(Id: '([0-9a-f-]{36})'\)/;

/**
 * Reads what the Functions host logs at the end of a run: "Executed 'Functions.Orders' (Failed, Id=…, Duration=13ms)", and
 * "Timeout value of 00:05:00 exceeded by function …" when it ends one. Null for any other line. One app holds several
 * functions, so the name is in the line. Its id is that of the run's span.
 */
export function parseAzureLine(text: string): PlatformReport | null {
  const [, name, result, invocationId, ms] = executed.exec(text) ?? [];
  if (name !== undefined && invocationId !== undefined)
    return {
      ...nothingTold,
      teller: 'azure',
      functionName: name,
      invocationId,
      outcome: result === 'Succeeded' ? 'ok' : 'error',
      durationMs: Number(ms ?? 0),
    };
  const [, hours, minutes, seconds, late, lateId] = exceeded.exec(text) ?? [];
  if (late === undefined || lateId === undefined) return null;
  return {
    ...nothingTold,
    teller: 'azure',
    functionName: late,
    invocationId: lateId,
    outcome: 'timeout',
    errorType: 'FunctionTimeoutException',
    errorMessage: text.slice(0, text.indexOf(' (Id:')),
    durationMs: (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000,
  };
}
