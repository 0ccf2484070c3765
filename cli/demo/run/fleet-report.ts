import { z } from 'zod';
import type { ExportRequest } from '../send/export-request.js';
import type { SendResult } from './send-request.js';

/** What the fleet has done so far; plain data, so that it can cross threads. */
export const FleetFigures = z
  .object({
    invocations: z.number().int().meta({ description: 'Runs that are over and whose spans were sent' }),
    requests: z.number().int().meta({ description: 'OTLP requests that were stored' }),
    spans: z.number().int(),
    logRecords: z.number().int().meta({ description: 'Reports of the Lambda extension' }),
    dataPoints: z.number().int().meta({ description: "The clouds' own counts, as metric streams" }),
    rejectedItems: z.number().int().meta({ description: 'Spans, records or points that were not taken' }),
    repeatedRequests: z.number().int().meta({ description: 'Requests sent a second time, byte for byte' }),
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
