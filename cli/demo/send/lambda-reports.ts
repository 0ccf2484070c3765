import { Buffer } from 'node:buffer';
import { senders } from '../fleet/senders.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import { Random, wordOf } from '../simulate/random.js';
import { billedMs } from '../truth/billed-units.js';
import type { ExportRequest } from './export-request.js';
import { currentEnvironmentKey, ownership } from './shape.js';

const maxRecords = 1_000;
const usPerSecond = 1_000_000;
/** Most reports come with the next run of their instance, a few only when it is shut down. */
const usualDelayUs = { from: usPerSecond, spread: 40 * usPerSecond };
const lateRatio = 0.02;
const lateDelayUs = { from: 120 * usPerSecond, spread: 300 * usPerSecond };

/** True for a run of which the Lambda extension sends the platform's record. A refused call has none. */
export function isReported({ function: { sender }, outcome, isLost }: DemoInvocation): boolean {
  return senders[sender].billing === 'aws-lambda' && outcome !== 'throttled' && !isLost;
}

/** When its report leaves the instance, in microseconds: a while after the run, by a right clock. */
export function reportSentUs({ startUs, durationUs, spanId }: DemoInvocation): number {
  const random = new Random(wordOf(spanId));
  const { from, spread } = random.chance(lateRatio) ? lateDelayUs : usualDelayUs;
  return startUs + durationUs + from + random.below(spread);
}

/** OTLP/JSON log requests as the telemetry receiver of the Lambda extension writes them. */
export function encodeReports(invocations: readonly DemoInvocation[]): ExportRequest[] {
  const requests: ExportRequest[] = [];
  for (let from = 0; from < invocations.length; from += maxRecords) {
    const part = invocations.slice(from, from + maxRecords);
    requests.push({
      sender: 'lambda-extension',
      signal: 'logs',
      by: 'http',
      contentType: 'application/json',
      userAgent: 'OpenTelemetry Collector for AWS Lambda/v0.142.0 (linux/arm64)',
      requestId: null,
      body: Buffer.from(JSON.stringify({ resourceLogs: part.map(resourceLogs) })),
      items: part.length,
    });
  }
  return requests;
}

function resourceLogs(invocation: DemoInvocation) {
  const { function: demoFunction, region, version } = invocation;
  // As long after the start as the line says, so that the start can be had from both exactly.
  const endNs = BigInt(invocation.startUs + reportedUs(invocation.durationUs)) * 1000n;
  return {
    resource: {
      attributes: pairs({
        'faas.invoked_provider': 'aws',
        'faas.invoked_region': region,
        'faas.name': demoFunction.name,
        'faas.version': version,
        'service.name': demoFunction.name,
        // As text and in megabytes, not as the convention's integer of bytes.
        'faas.max_memory': String(demoFunction.memoryMb),
        ...ownership(invocation, currentEnvironmentKey),
      }),
    },
    scopeLogs: [
      {
        scope: { name: 'github.com/open-telemetry/opentelemetry-lambda/collector/receiver/telemetryapi' },
        logRecords: [
          {
            timeUnixNano: String(endNs),
            observedTimeUnixNano: String(endNs),
            severityNumber: 9,
            severityText: 'Info',
            body: { stringValue: reportLine(invocation) },
            attributes: pairs({ type: 'platform.report', 'faas.invocation_id': invocation.invocationId }),
          },
        ],
      },
    ],
  };
}

const statuses: Readonly<Record<DemoInvocation['outcome'], string>> = {
  ok: '',
  error: ' Status: error',
  timeout: ' Status: timeout',
  oom: ' Status: error Error Type: Runtime.OutOfMemory',
  throttled: '',
};

/** A handler that answered 5xx went well, as far as Lambda can see. */
export function reportLine(invocation: DemoInvocation): string {
  const { durationUs, initUs, isCold, usedMemoryMb, function: demoFunction, outcome } = invocation;
  const isAnswered = outcome === 'error' && demoFunction.failsBy === 'answering';
  return [
    `REPORT RequestId: ${invocation.invocationId}`,
    `Duration: ${msText(durationUs)} ms`,
    `Billed Duration: ${billedMs(invocation)} ms`,
    `Memory Size: ${demoFunction.memoryMb} MB`,
    `Max Memory Used: ${usedMemoryMb} MB${isCold ? ` Init Duration: ${msText(initUs)} ms` : ''}${isAnswered ? '' : statuses[outcome]}`,
  ].join(' ');
}

/** The platform tells hundredths of a millisecond. */
export function reportedUs(us: number): number {
  return Math.round(us / 10) * 10;
}

function msText(us: number): string {
  return (reportedUs(us) / 1000).toFixed(2);
}

function pairs(attributes: Record<string, unknown>) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
}
