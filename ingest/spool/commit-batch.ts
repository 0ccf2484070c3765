import { encodeMarks, type RequestMark } from '../duplicates/request-mark.js';
import type { RowSink } from '../rows/row-sink.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { TableRows } from './open-segment.js';
import type { SpoolTable } from './spool-types.js';

/** A buffer one huge batch blew up is given back above this size. */
const keepBytes = 16 * 1024 * 1024;
const firstBytes = 256 * 1024;

/** Rows of one table as bytes of their own; `place` is that of the table in the spool's list. */
export type MadeRows = { readonly place: number; readonly rows: number; readonly bytes: Uint8Array };

/** Rows in memory that will be synced together. Two of these take turns: one fills while the other is written. */
export class CommitBatch {
  readonly sinks: readonly RowSink[];
  readonly tenants = new Set<string>();
  readonly #marks: RequestMark[] = [];
  readonly #attached: TableRows[] = [];
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
    return sumOf(this.sinks, ({ rows }) => rows) + sumOf(this.#attached, ({ rows }) => rows);
  }

  get bytes(): number {
    return (
      sumOf(this.sinks, ({ writer }) => writer.length) + sumOf(this.#attached, ({ bytes }) => bytes.length)
    );
  }

  attach(tables: readonly MadeRows[]): void {
    for (const { place, rows, bytes } of tables) {
      const table = this.#tables[place]?.table;
      if (table === undefined) throw new Error(`The spool has no table at ${place}`);
      if (rows > 0) this.#attached.push({ table, rows, bytes });
    }
  }

  mark(request: RequestMark): void {
    this.#marks.push(request);
  }

  /** What must be known of its requests as soon as their rows are on disk. */
  marks(): Uint8Array {
    return encodeMarks(this.#marks);
  }

  /** A table may come more than once. */
  contents(): TableRows[] {
    const filled = this.#tables.map(({ table }, index) => {
      const sink = this.sinks[index];
      return { table, rows: sink?.rows ?? 0, bytes: sink?.writer.view() ?? new Uint8Array(0) };
    });
    return [...filled, ...this.#attached];
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
    this.#attached.length = 0;
    this.#marks.length = 0;
    this.#durable = newDeferred();
  }
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum;
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
