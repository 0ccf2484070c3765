import type { FleetFigures } from '../../../schemas/demo.js';
import type { ExportRequest } from '../send/export-request.js';
import type { SendResult } from './send-request.js';

const itemNames = { traces: 'spans', logs: 'logRecords', metrics: 'dataPoints' } as const;

export class FleetReport {
  readonly figures: FleetFigures = {
    invocations: 0,
    requests: 0,
    spans: 0,
    logRecords: 0,
    dataPoints: 0,
    rejectedItems: 0,
    repeatedRequests: 0,
    failedRequests: 0,
    lastFailure: null,
    behindMs: 0,
    backfill: { minutes: 0, doneMinutes: 0, isRunning: false },
  };

  made(invocations: number): void {
    this.figures.invocations += invocations;
  }

  sent(request: ExportRequest, result: SendResult): void {
    const { figures } = this;
    if (result.kind === 'stored') {
      figures.requests++;
      figures[itemNames[request.signal]] += request.items - result.rejectedItems;
      figures.rejectedItems += result.rejectedItems;
      return;
    }
    figures.failedRequests++;
    const status = result.kind === 'refused' ? `${result.status}: ` : '';
    figures.lastFailure = `${status}${result.message}`;
  }

  repeated(): void {
    this.figures.repeatedRequests++;
  }

  /** How long after its time the minute under way is sent. */
  behind(ms: number): void {
    this.figures.behindMs = Math.max(0, Math.round(ms));
  }

  backfillBegins(minutes: number): void {
    this.figures.backfill = { minutes, doneMinutes: 0, isRunning: minutes > 0 };
  }

  backfilled(minutes: number): void {
    this.figures.backfill.doneMinutes += minutes;
  }

  backfillEnds(): void {
    this.figures.backfill.isRunning = false;
  }
}
