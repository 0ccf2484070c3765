import { z } from 'zod';
import { nothingTold, type PlatformReport } from './platform-report.js';
import { reportOutcome } from './report-outcome.js';

/** Figures may come as text, because not every sender keeps types; what is no figure is unknown. */
const figure = z.coerce.number().nonnegative().catch(0).default(0);
const word = z.string().catch('').default('');

const Metrics = z.object({
  durationMs: figure,
  billedDurationMs: figure,
  memorySizeMB: figure,
  maxMemoryUsedMB: figure,
  initDurationMs: figure,
  restoreDurationMs: figure,
});
const noMetrics = Metrics.parse({});

// Source: Lambda Telemetry API schema 2022-12-13, platform.report and platform.runtimeDone.
const TelemetryRecord = z.object({
  requestId: z.string().min(1),
  status: word,
  errorType: word,
  metrics: Metrics.catch(noMetrics).default(noMetrics),
  tracing: z.object({ value: word }).catch({ value: '' }).default({ value: '' }),
});

/** `Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=…;Sampled=1` */
const xrayRoot = /Root=1-([0-9a-f]{8})-([0-9a-f]{24})/i;
const kinds = new Set(['platform.report', 'platform.runtimeDone']);

/**
 * Reads a Telemetry API event, whole (`{type, record}`) or its record alone; null when it is none of a run. The type may stand
 * beside the body, in an attribute.
 */
export function parseReportRecord(
  body: unknown,
  typeAttribute: string,
  knownId: string,
): PlatformReport | null {
  if (typeof body !== 'object' || body === null) return null;
  const type = 'type' in body && typeof body.type === 'string' ? body.type : typeAttribute;
  if (!kinds.has(type)) return null;
  const record = 'record' in body ? body.record : body;
  if (typeof record !== 'object' || record === null) return null;
  const parsed = TelemetryRecord.safeParse(knownId === '' ? record : { requestId: knownId, ...record });
  if (!parsed.success) return null;
  const { requestId, status, errorType, metrics, tracing } = parsed.data;
  const { memorySizeMB: memoryMb, maxMemoryUsedMB: memoryUsedMb } = metrics;
  const [, time = '', unique = ''] = xrayRoot.exec(tracing.value) ?? [];
  return {
    ...nothingTold,
    invocationId: requestId,
    outcome: reportOutcome({ status, errorType, memoryMb, memoryUsedMb }),
    errorType,
    durationMs: metrics.durationMs,
    billedMs: metrics.billedDurationMs,
    initMs: metrics.initDurationMs || metrics.restoreDurationMs,
    memoryMb,
    memoryUsedMb,
    traceId: (time + unique).toLowerCase(),
  };
}
