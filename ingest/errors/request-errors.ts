import type { ErrorGroup, RaisedError } from './error-group.js';

/** One error that happened, before it is known whether it counts. */
export type Occurrence = {
  readonly error: RaisedError;
  readonly group: ErrorGroup;
  readonly environment: string;
  readonly function: string;
  readonly version: string;
  readonly atLo: number;
  readonly atHi: number;
  /** It ended the run, or is known to have left the code that recorded it. */
  readonly escaped: boolean;
  /** It is that of a run's own span, which failed. */
  readonly endedRun: boolean;
  readonly source: 'span' | 'log';
  /** Sixteen and eight bytes, or none. */
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
};

/**
 * The errors of one request, each counted once. An exception that bubbles up is recorded by every span it passes: of those
 * with one type and one message in one trace and one resource the run's own counts, else the first one that left its
 * code, else the first. Two runs that failed alike are two.
 */
export class RequestErrors {
  readonly #counted = new Map<string, Occurrence>();
  readonly #further: Occurrence[] = [];
  readonly #withStack = new Map<string, Occurrence>();
  #keyless = 0;

  clear(): void {
    // Most requests hold no error, and emptying what is empty costs as much as reading a span.
    if (this.#counted.size === 0) return;
    this.#counted.clear();
    this.#further.length = 0;
    this.#withStack.clear();
    this.#keyless = 0;
  }

  /** `place` is what the spans of one process share: its trace and its resource; '' when neither is known. */
  add(place: string, occurrence: Occurrence): void {
    if (place === '') {
      this.#counted.set(String(this.#keyless++), occurrence);
      return;
    }
    const { stack, message } = occurrence.error;
    if (stack !== '') this.#withStack.set(`${place}\u0000${message}`, occurrence);
    const key = keyOf(place, occurrence.group);
    const before = this.#counted.get(key);
    if (before === undefined || rank(before) < rank(occurrence)) this.#counted.set(key, occurrence);
    else if (before.endedRun && occurrence.endedRun) this.#further.push(occurrence);
  }

  /** An error of the same message in the same place that came with a stack: it tells more than one without. */
  recorded(place: string, error: RaisedError): Occurrence | null {
    const found = this.#withStack.get(`${place}\u0000${error.message}`);
    if (place === '' || error.message === '' || found === undefined) return null;
    return error.type === '' || error.type === found.error.type ? found : null;
  }

  *all(): Generator<Occurrence> {
    yield* this.#counted.values();
    yield* this.#further;
  }
}

function keyOf(place: string, { type, message }: ErrorGroup): string {
  return `${place}\u0000${type}\u0000${message}`;
}

function rank({ endedRun, escaped }: Occurrence): number {
  if (endedRun) return 2;
  return escaped ? 1 : 0;
}
