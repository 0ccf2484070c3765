import type { ExportRequest } from '../send/export-request.js';
import { encodeMetricStream } from '../send/metric-stream.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import { cloudWatchPoints } from './cloudwatch-points.js';
import { ProviderBook } from './provider-book.js';

const hourMinutes = 60;
const minuteMs = 60_000;
/** CloudWatch tells of a minute some two minutes after its end. */
const delayMs = 2 * minuteMs;

/** Streams what the cloud counted: each minute once, when all its runs are known. */
export class ProviderStream {
  readonly #book = new ProviderBook();
  readonly #name: string;
  /** Of history, minutes from here on are told. */
  #toldFrom: number;
  /** Of the present, minutes before this one are told. */
  #toldTo: number;

  /** `liveFromMinute`: the first minute of the present of which every run will be known. */
  constructor(name: string, startMinute: number, liveFromMinute: number) {
    this.#name = name;
    this.#toldFrom = startMinute;
    this.#toldTo = liveFromMinute;
  }

  add(invocation: DemoInvocation): void {
    this.#book.add(invocation);
  }

  /** History, newest first: whole hours of which everything from `knownFrom` on is known; the rest when it is `last`. */
  history(knownFrom: number, isLast: boolean): ExportRequest[] {
    const from = isLast ? knownFrom : Math.ceil(knownFrom / hourMinutes) * hourMinutes;
    if (from >= this.#toldFrom) return [];
    const to = this.#toldFrom;
    this.#toldFrom = from;
    return this.#requests(from, to);
  }

  /** The present: minutes before `knownTo` are known, and told when it is time. */
  due(knownTo: number, clockMs: number): ExportRequest[] {
    const from = this.#toldTo;
    const to = Math.min(knownTo, Math.floor((clockMs - delayMs) / minuteMs));
    if (to <= from) return [];
    this.#toldTo = to;
    return this.#requests(from, to);
  }

  /** One for each hour that is touched. */
  #requests(from: number, to: number): ExportRequest[] {
    const requests: ExportRequest[] = [];
    for (let start = from; start < to; ) {
      const end = Math.min(to, (Math.floor(start / hourMinutes) + 1) * hourMinutes);
      const points = [];
      for (let minute = start; minute < end; minute++)
        points.push(...this.#book.take(minute).flatMap(cloudWatchPoints));
      if (points.length > 0) requests.push(encodeMetricStream(points, `${this.#name}-${start}-${end}`));
      start = end;
    }
    return requests;
  }
}
