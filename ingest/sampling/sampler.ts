import { Fingerprints } from '../limits/fingerprint.js';
import type { KeptTraces } from './kept-traces.js';
import { noSamplingCounts, type SamplingCounts } from './sampling-tally.js';
import { type Bits56, isKept, thresholdOf, traceIdRandomness, traceStateRandomness } from './threshold.js';

export type SamplingSettings = {
  /** Share of spans that is kept of traces without anything notable; 1 keeps all. */
  readonly spansRatio: number;
  readonly logsRatio: number;
  /** A trace with a span of at least this duration is kept. */
  readonly slowMs: number;
};

type Id = { readonly start: number; readonly end: number };

/** SeverityNumber of ERROR; FATAL is above. */
const errorSeverity = 17;

/** Decides for the items of one signal. The decision depends on the trace alone, so a trace is kept or dropped whole. */
export class Sampler {
  readonly #fingerprints = new Fingerprints();
  readonly #kept: KeptTraces;
  readonly #threshold: Bits56;
  readonly #randomness: Bits56 = { high: 0, low: 0 };
  #counts: SamplingCounts = noSamplingCounts();

  constructor(keptRatio: number, kept: KeptTraces) {
    this.#threshold = thresholdOf(keptRatio);
    this.#kept = kept;
  }

  begin(): void {
    this.#counts = noSamplingCounts();
  }

  /** Since `begin`. */
  get counts(): SamplingCounts {
    return this.#counts;
  }

  /** The trace id must be one of 16 bytes. */
  keepsSpan(bytes: Uint8Array, traceId: Id, traceState: Id): boolean {
    const reason = this.#kept.reason(bytes, traceId.start);
    if (reason !== null) return this.#keep(reason);
    const { start, end } = traceState;
    if (!traceStateRandomness(bytes, start, end, this.#randomness)) {
      traceIdRandomness(bytes, traceId.start, this.#randomness);
    }
    return this.#decide();
  }

  /** A record without a trace is decided by its content, so that a repeated request is decided alike. */
  keepsLog(bytes: Uint8Array, traceId: Id, severity: number, record: Id): boolean {
    if (severity >= errorSeverity) return this.#keep('error');
    if (traceId.end - traceId.start === 16) {
      const reason = this.#kept.reason(bytes, traceId.start);
      if (reason !== null) return this.#keep(reason);
      traceIdRandomness(bytes, traceId.start, this.#randomness);
    } else {
      const hash = this.#fingerprints.of(bytes, record.start, record.end);
      this.#randomness.high = hash >>> 8;
      this.#randomness.low = hash;
    }
    return this.#decide();
  }

  #keep(reason: keyof SamplingCounts['kept']): true {
    this.#counts.kept[reason]++;
    return true;
  }

  #decide(): boolean {
    if (isKept(this.#randomness, this.#threshold)) return this.#keep('ratio');
    this.#counts.dropped++;
    return false;
  }
}
