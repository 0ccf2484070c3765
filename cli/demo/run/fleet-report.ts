import { z } from 'zod';
import type { ExportRequest } from '../send/encode-requests.js';
import type { SendResult } from './send-request.js';

/** What the fleet has done so far; plain data, so that it can cross threads. */
export const FleetFigures = z
  .object({
    invocations: z.number().int().meta({ description: 'Runs that are over and whose spans were sent' }),
    requests: z.number().int().meta({ description: 'OTLP requests that were stored' }),
    spans: z.number().int(),
    rejectedSpans: z.number().int(),
    failedRequests: z.number().int(),
    lastFailure: z.string().nullable().meta({ description: 'The last refusal, in one sentence' }),
    backfill: z.object({
      minutes: z.number().int().meta({ description: 'Length of the history that was asked for' }),
      doneMinutes: z.number().int().meta({ description: 'How much of it is sent, newest first' }),
      isRunning: z.boolean(),
    }),
  })
  .meta({ id: 'DemoFigures' });
export type FleetFigures = z.infer<typeof FleetFigures>;

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
