import type { ProviderStream } from '../provider/provider-stream.js';
import { encodeRequests } from '../send/encode-requests.js';
import type { ExportRequest } from '../send/export-request.js';
import { encodeReports, isReported, reportSentUs } from '../send/lambda-reports.js';
import type { DemoInvocation } from '../simulate/invocation.js';

const maxSpans = 2_000;

/** What was made and is not sent yet: spans wait for the end of their run, reports for the next run of their instance. */
export class Outbox {
  #runs: DemoInvocation[] = [];
  #reports: DemoInvocation[] = [];
  readonly provider: ProviderStream;

  constructor(provider: ProviderStream) {
    this.provider = provider;
  }

  add(invocation: DemoInvocation): void {
    this.#runs.push(invocation);
    if (isReported(invocation)) this.#reports.push(invocation);
    this.provider.add(invocation);
  }

  get waiting(): number {
    return this.#runs.length;
  }

  /** Everything that has left its sender by now, and how many runs it tells of. */
  take(clockMs: number): { runs: number; requests: ExportRequest[] } {
    const runs = this.#runs.filter((one) => endMs(one) <= clockMs);
    this.#runs = this.#runs.filter((one) => endMs(one) > clockMs);
    const reports = this.#reports.filter((one) => reportSentUs(one) / 1000 <= clockMs);
    this.#reports = this.#reports.filter((one) => reportSentUs(one) / 1000 > clockMs);
    return { runs: runs.length, requests: [...encodeRequests(runs, maxSpans), ...encodeReports(reports)] };
  }
}

/** When its sender would have sent it, by the sender's clock where that is ahead. */
function endMs({ startUs, durationUs, skewUs }: DemoInvocation): number {
  return (startUs + durationUs + Math.max(0, skewUs)) / 1000;
}
