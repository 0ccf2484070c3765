import { nothingTold, type PlatformReport } from './platform-report.js';
import { reportOutcome } from './report-outcome.js';

const id = /^REPORT RequestId: (\S+)/;
/** `Duration` is also the end of longer names, so the word before it decides. */
const durations = /(?:\b(Billed Restore|Billed|Init|Restore) )?\bDuration: ([\d.]+) ms/g;
const memory = /\b(Max Memory Used|Memory Size): (\d+) MB/g;
const status = /\bStatus: (\w+)/;
const errorType = /\bError Type: (\S+)/;
/** X-Ray writes a trace id as 1-<8 digits of time>-<24 digits>. */
const xrayTrace = /\bXRAY TraceId: 1-([0-9a-f]{8})-([0-9a-f]{24})\b/i;

/**
 * Reads Lambda's line at the end of a run; null for any other line, INIT_REPORT among them. Fields are separated by tabs or
 * blanks and come in any order.
 * Source: docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html and the Collector extension's text form.
 */
export function parseReportLine(text: string): PlatformReport | null {
  const invocationId = id.exec(text)?.[1];
  if (invocationId === undefined) return null;
  const ms = new Map<string, number>();
  for (const [, kind = 'Run', value] of text.matchAll(durations)) ms.set(kind, numberOf(value));
  const mb = new Map<string, number>();
  for (const [, kind = '', value] of text.matchAll(memory)) mb.set(kind, numberOf(value));
  const [, time = '', unique = ''] = xrayTrace.exec(text) ?? [];
  const memoryMb = mb.get('Memory Size') ?? 0;
  const memoryUsedMb = mb.get('Max Memory Used') ?? 0;
  const type = errorType.exec(text)?.[1] ?? '';
  return {
    ...nothingTold,
    invocationId,
    outcome: reportOutcome({ status: status.exec(text)?.[1] ?? '', errorType: type, memoryMb, memoryUsedMb }),
    errorType: type,
    durationMs: ms.get('Run') ?? 0,
    billedMs: ms.get('Billed') ?? 0,
    initMs: ms.get('Init') ?? ms.get('Restore') ?? 0,
    memoryMb,
    memoryUsedMb,
    traceId: (time + unique).toLowerCase(),
  };
}

function numberOf(text: string | undefined): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}
