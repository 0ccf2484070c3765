import type { ExportRequest } from '../send/encode-requests.js';
import type { SendResult } from './send-request.js';

/** What the fleet has done so far; plain data, so that it can cross threads. */
export type FleetFigures = {
  invocations: number;
  requests: number;
  spans: number;
  rejectedSpans: number;
  failedRequests: number;
  /** The last refusal in one sentence; null when none came. */
  lastFailure: string | null;
  backfill: { minutes: number; doneMinutes: number; isRunning: boolean };
};

export class FleetReport {
  readonly figures: FleetFigures = {
    invocations: 0,
    requests: 0,
    spans: 0,
    rejectedSpans: 0,
    failedRequests: 0,
    lastFailure: null,
    backfill: { minutes: 0, doneMinutes: 0, isRunning: false },
  };

  made(invocations: number): void {
    this.figures.invocations += invocations;
  }

  sent(request: ExportRequest, result: SendResult): void {
    const { figures } = this;
    if (result.kind === 'stored') {
      figures.requests++;
      figures.spans += request.spans - result.rejectedSpans;
      figures.rejectedSpans += result.rejectedSpans;
      return;
    }
    figures.failedRequests++;
    const status = result.kind === 'refused' ? `${result.status}: ` : '';
    figures.lastFailure = `${status}${result.message}`;
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
