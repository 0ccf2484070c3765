import { encodeMarks, type RequestMark } from '../duplicates/request-mark.js';
import type { RowSink } from '../rows/row-sink.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { TableRows } from './open-segment.js';
import type { SpoolTable } from './spool-types.js';

/** A buffer one huge batch blew up is given back above this size. */
const keepBytes = 16 * 1024 * 1024;
const firstBytes = 256 * 1024;

/** Rows in memory that will be synced together. Two of these take turns: one fills while the other is written. */
export class CommitBatch {
  readonly sinks: readonly RowSink[];
  readonly tenants = new Set<string>();
  readonly #marks: RequestMark[] = [];
  readonly #tables: readonly SpoolTable[];
  #durable = newDeferred();

  constructor(tables: readonly SpoolTable[]) {
    this.#tables = tables;
    this.sinks = tables.map(() => ({ writer: new ByteWriter(firstBytes), rows: 0 }));
  }

  /** Settles for everyone in the batch at once. */
  get durable(): Promise<void> {
    return this.#durable.promise;
  }

  get rows(): number {
    return this.sinks.reduce((sum, { rows }) => sum + rows, 0);
  }

  get bytes(): number {
    return this.sinks.reduce((sum, { writer }) => sum + writer.length, 0);
  }

  mark(request: RequestMark): void {
    this.#marks.push(request);
  }

  /** What must be known of its requests as soon as their rows are on disk. */
  marks(): Uint8Array {
    return encodeMarks(this.#marks);
  }

  contents(): TableRows[] {
    return this.#tables.map(({ table }, index) => {
      const sink = this.sinks[index];
      return { table, rows: sink?.rows ?? 0, bytes: sink?.writer.view() ?? new Uint8Array(0) };
    });
  }

  /** Tells everyone how it went, and starts over. */
  settle(error: Error | null): void {
    if (error === null) this.#durable.resolve();
    else this.#durable.reject(error);
    for (const sink of this.sinks) {
      sink.writer.clear(keepBytes);
      sink.rows = 0;
    }
    this.tenants.clear();
    this.#marks.length = 0;
    this.#durable = newDeferred();
  }
}

type Deferred = { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void };

function newDeferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits handles it; a batch whose senders have all hung up must not end the process.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
