import type { RequestMark } from '../duplicates/request-mark.js';
import type { RowSink } from '../rows/row-sink.js';
import type { ClosedSegment } from './closed-segment.js';
import { commitAgeMs } from './commit-age.js';
import { CommitBatch, type MadeRows } from './commit-batch.js';
import { insertAgeMs, type LastInsert } from './insert-age.js';
import { OpenSegment } from './open-segment.js';
import { segmentId } from './segment-files.js';
import type { SpoolDeps } from './spool-types.js';

export type Written<Result> = {
  result: Result;
  /** Resolves when the rows are on disk; rejects when they are not and never will be. */
  durable: Promise<void>;
};

/** What closing segments depends on. */
export type InserterState = { readonly isIdle: boolean; readonly last: LastInsert | null };

/** Group commit: whatever came while the last sync was running shares the next one. */
export class Committer {
  readonly #deps: SpoolDeps;
  readonly #onClosed: (segment: ClosedSegment) => void;
  readonly #inserter: InserterState;
  readonly #spoolId: string;
  readonly #stop = new AbortController();
  #filling: CommitBatch;
  #resting: CommitBatch;
  #segment: OpenSegment | null = null;
  /** Being closed: no longer open here and not yet with the inserter, but its rows are still in the spool. */
  #leaving: OpenSegment | null = null;
  #sequence = 0;
  #isRunning = false;
  /** When the segment was opened whose time is being waited for. */
  #awaited: number | null = null;
  #patience = new AbortController();
  #lastCommit = { beganMs: Number.NEGATIVE_INFINITY, tookMs: 0 };
  #writingBytes = 0;
  #failures = 0;
  /** Commits and closings take turns on the open segment. */
  #turn: Promise<void> = Promise.resolve();

  constructor(deps: SpoolDeps, onClosed: (segment: ClosedSegment) => void, inserter: InserterState) {
    this.#deps = deps;
    this.#onClosed = onClosed;
    this.#inserter = inserter;
    this.#spoolId = deps.newId();
    this.#filling = new CommitBatch(deps.tables);
    this.#resting = new CommitBatch(deps.tables);
  }

  get pendingBytes(): number {
    return this.#filling.bytes + this.#writingBytes;
  }

  get openBytes(): number {
    return ((this.#segment?.logBytes ?? 0) + (this.#leaving?.logBytes ?? 0)) * 2;
  }

  get openedAtMs(): number | null {
    return (this.#leaving ?? this.#segment)?.openedAtMs ?? null;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Lets `fill` add rows to the sinks; when it throws, or returns null, none of its rows stay. */
  write<Result>(
    tenant: string,
    fill: (sinks: readonly RowSink[]) => Result,
    mark: RequestMark | null = null,
  ): Written<Result> {
    const batch = this.#filling;
    const marks = batch.sinks.map(({ writer, rows }) => ({ length: writer.length, rows }));
    const rowsBefore = batch.rows;
    try {
      const result = fill(batch.sinks);
      if (batch.rows === rowsBefore) return { result, durable: Promise.resolve() };
      batch.tenants.add(tenant);
      if (mark !== null) batch.mark(mark);
      this.#start();
      return { result, durable: batch.durable };
    } catch (error) {
      for (const [index, sink] of batch.sinks.entries()) {
        const mark = marks[index];
        if (mark === undefined) continue;
        sink.writer.truncate(mark.length);
        sink.rows = mark.rows;
      }
      throw error;
    }
  }

  /** Adds rows that were made elsewhere. */
  add(tenant: string, tables: readonly MadeRows[], mark: RequestMark | null): Promise<void> {
    const batch = this.#filling;
    const rowsBefore = batch.rows;
    batch.attach(tables);
    if (batch.rows === rowsBefore) return Promise.resolve();
    batch.tenants.add(tenant);
    if (mark !== null) batch.mark(mark);
    this.#start();
    return batch.durable;
  }

  /** Closes the open segment when it is old enough; called by its timer and whenever the inserter has nothing to do. */
  closeIfDue(): void {
    const openedAtMs = this.#segment?.openedAtMs;
    if (openedAtMs === undefined) return;
    if (this.#dueMs(openedAtMs) > this.#deps.nowMs()) {
      // The end of an insert may have put off what was due before.
      void this.#closeWhenDue(openedAtMs);
      return;
    }
    // While others wait to be inserted, a growing segment is better than many small ones.
    if (this.#inserter.isIdle) void this.#takeTurn(() => this.#close());
  }

  /** Syncs what is in memory and closes the segment. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#patience.abort();
    while (this.#isRunning) await this.#turn.then(() => new Promise(setImmediate));
    await this.#takeTurn(() => this.#close());
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    // The rest of this turn of the event loop may bring more requests.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    const deps = this.#deps;
    while (this.#filling.rows > 0) {
      const { beganMs, tookMs } = this.#lastCommit;
      const lingerMs = beganMs + commitAgeMs(deps.limits.commitEveryMs, tookMs) - deps.nowMs();
      if (lingerMs > 0) await deps.wait(lingerMs, this.#stop.signal);
      await this.#takeTurn(() => this.#commit());
    }
    this.#isRunning = false;
  }

  async #commit(): Promise<void> {
    const batch = this.#filling;
    this.#filling = this.#resting;
    this.#resting = batch;
    this.#writingBytes = batch.bytes;
    const beganMs = this.#deps.nowMs();
    this.#lastCommit = { beganMs, tookMs: 0 };
    try {
      this.#segment ??= await this.#open();
      if (this.#segment.logBytes === 0) void this.#closeWhenDue(this.#segment.openedAtMs);
      await this.#segment.commit(batch.contents(), batch.tenants, batch.marks());
      batch.settle(null);
      const tookMs = this.#deps.nowMs() - beganMs;
      this.#lastCommit = { beganMs, tookMs };
      this.#deps.recordMs('spool_commit', tookMs);
      if (this.#segment.logBytes >= this.#deps.limits.segmentMaxBytes) await this.#close();
    } catch (error) {
      this.#failures++;
      const cause = error instanceof Error ? error : new Error(String(error));
      this.#deps.log.error(
        { err: cause },
        'The spool could not write to its disk; the requests were refused',
      );
      batch.settle(new Error(`The spool could not write to its disk: ${cause.message}`, { cause }));
      // After a failed sync nobody knows what the file holds behind the last commit: go on in a new one.
      await this.#close();
    } finally {
      this.#writingBytes = 0;
    }
  }

  async #open(): Promise<OpenSegment> {
    const { directory, nowMs } = this.#deps;
    const openedAtMs = nowMs();
    const id = segmentId(openedAtMs, this.#spoolId, this.#sequence++);
    return OpenSegment.create(directory, id, openedAtMs);
  }

  /** Timers may fire a little before their time; asking once would then leave the segment open for ever. */
  async #closeWhenDue(openedAtMs: number): Promise<void> {
    if (this.#awaited === openedAtMs || this.#stop.signal.aborted) return;
    this.#awaited = openedAtMs;
    // Whoever waits for the one before waits for nothing: it was full.
    this.#patience.abort();
    this.#patience = new AbortController();
    const { nowMs, wait } = this.#deps;
    const { signal } = this.#patience;
    const restMs = () => this.#dueMs(openedAtMs) - nowMs();
    for (let waitMs = restMs(); waitMs > 0 && !signal.aborted; waitMs = restMs()) {
      await wait(Math.ceil(waitMs), signal);
    }
    if (signal.aborted) return;
    this.#awaited = null;
    this.closeIfDue();
  }

  #dueMs(openedAtMs: number): number {
    return openedAtMs + insertAgeMs(this.#deps.limits.insertEveryMs, this.#inserter.last, openedAtMs);
  }

  async #close(): Promise<void> {
    const segment = this.#segment;
    if (segment === null) return;
    this.#segment = null;
    this.#leaving = segment;
    try {
      this.#onClosed(await segment.close());
    } finally {
      this.#leaving = null;
    }
  }

  #takeTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#deps.log.error(
        { err: error },
        'The spool could not close a segment; it is replayed at the next start',
      );
    });
    return this.#turn;
  }
}
