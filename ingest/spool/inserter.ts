import type { SegmentFile } from '../../warehouse/warehouse.js';
import { WarehouseError } from '../../warehouse/warehouse-error.js';
import { backoffMs } from './backoff.js';
import type { ClosedSegment, SegmentTable } from './closed-segment.js';
import type { LastInsert } from './insert-age.js';
import type { MarkLog } from './mark-log.js';
import { setAside } from './poison.js';
import { type Replayed, replaySegment } from './replay-segment.js';
import { removeSegment, rowsPath } from './segment-files.js';
import type { SpoolDeps } from './spool-types.js';

/** Carries closed segments into ClickHouse, oldest first, until each is in or set aside. */
export class Inserter {
  readonly #deps: SpoolDeps;
  readonly #onIdle: () => void;
  readonly #markLog: MarkLog;
  readonly #abort = new AbortController();
  #queue: ClosedSegment[] = [];
  #isRunning = false;
  #isStopped = false;
  /** Consecutive failures that were the engine's and not the segment's. */
  #outages = 0;
  #wakeUp = new AbortController();
  inserted = 0;
  failures = 0;
  poisoned = 0;
  lastError: string | null = null;
  /** The last segment that went in. */
  last: LastInsert | null = null;

  constructor(deps: SpoolDeps, markLog: MarkLog, onIdle: () => void) {
    this.#deps = deps;
    this.#markLog = markLog;
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#queue.length === 0;
  }

  get segments(): number {
    return this.#queue.length;
  }

  get bytes(): number {
    return this.#queue.reduce((sum, { logBytes }) => sum + logBytes * 2, 0);
  }

  get oldestMs(): number | null {
    return this.#queue[0]?.openedAtMs ?? null;
  }

  add(segment: ClosedSegment): void {
    this.#queue.push(segment);
    this.#wakeUp.abort();
    if (!this.#isRunning && !this.#isStopped) void this.#run();
  }

  /** Goes on until everything is in, nothing can go in, or the time is up; what remains is replayed at the next start. */
  async stop(deadlineMs: number): Promise<void> {
    const { nowMs, wait } = this.#deps;
    const never = new AbortController().signal;
    const endsAtMs = nowMs() + deadlineMs;
    while (this.#queue.length > 0 && this.#outages === 0 && nowMs() < endsAtMs) await wait(5, never);
    this.#isStopped = true;
    this.#abort.abort();
    this.#wakeUp.abort();
    const patienceMs = nowMs() + 1000;
    while (this.#isRunning && nowMs() < patienceMs) await wait(5, never);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (!this.#isStopped && this.#queue.length > 0) {
      const now = this.#deps.nowMs();
      const segment = this.#queue.find(({ notBeforeMs }) => notBeforeMs <= now);
      if (segment !== undefined) await this.#attempt(segment);
      else await this.#sleep(Math.min(...this.#queue.map(({ notBeforeMs }) => notBeforeMs)) - now);
      if (this.#queue.length === 0) this.#onIdle();
    }
    this.#isRunning = false;
  }

  async #attempt(segment: ClosedSegment): Promise<void> {
    const startedMs = this.#deps.nowMs();
    try {
      const ready = await this.#withRowFiles(segment);
      const filled = ready.tables.filter(({ rows, table }) => rows > 0 && !segment.inserted.has(table));
      const results = await Promise.allSettled(filled.map((rows) => this.#insert(segment, rows)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      await this.#markLog.keep(ready.marks);
      await removeSegment(
        this.#deps.directory,
        segment.id,
        this.#deps.tables.map(({ table }) => table),
      );
      this.#queue = this.#queue.filter((waiting) => waiting !== segment);
      this.#outages = 0;
      this.lastError = null;
      this.inserted++;
      const endedAtMs = this.#deps.nowMs();
      this.last = { endedAtMs, tookMs: endedAtMs - startedMs };
      this.#deps.recordMs('spool_insert', this.last.tookMs);
      this.#deps.onInserted({
        rows: new Map(ready.tables.map(({ table, rows }) => [table, rows])),
        tenants: ready.tenants,
      });
    } catch (error) {
      this.#putBack(segment, error);
    }
  }

  async #insert(segment: ClosedSegment, { table, rows }: SegmentTable): Promise<void> {
    const { directory, insert, nowMs } = this.#deps;
    const columns = this.#deps.tables.find((known) => known.table === table)?.columns ?? [];
    const path = rowsPath(directory, segment.id, table);
    const file: SegmentFile = { table, columns, path, token: `${segment.id}-${table}` };
    try {
      await insert(file, this.#abort.signal);
    } catch (error) {
      if (!(error instanceof WarehouseError && error.kind === 'bad-query')) throw error;
      await setAside(directory, file, rows, error.message, new Date(nowMs()));
      this.poisoned++;
      this.#deps.log.error(
        { err: error, token: file.token, rows },
        'ClickHouse refuses these rows for good; they are set aside in poison/ of the spool',
      );
    }
    segment.inserted.add(table);
  }

  async #withRowFiles(segment: ClosedSegment): Promise<Replayed> {
    if (segment.rowFilesReady) return segment;
    return replaySegment(this.#deps.directory, segment.id);
  }

  #putBack(segment: ClosedSegment, error: unknown): void {
    if (this.#isStopped) return;
    const { log, nowMs, random } = this.#deps;
    this.failures++;
    this.lastError = error instanceof Error ? error.message : String(error);
    segment.attempts++;
    const isSegmentsOwn = error instanceof WarehouseError && error.kind === 'resource-limit';
    if (!isSegmentsOwn) this.#outages++;
    const delayMs = backoffMs(isSegmentsOwn ? segment.attempts : this.#outages, random);
    segment.notBeforeMs = nowMs() + delayMs;
    // When the engine is away, the others would fail just the same.
    if (!isSegmentsOwn) {
      for (const other of this.#queue) other.notBeforeMs = Math.max(other.notBeforeMs, segment.notBeforeMs);
    }
    log.warn(
      { err: error, segment: segment.id, attempts: segment.attempts, delayMs },
      'An insert is tried again',
    );
  }

  async #sleep(ms: number): Promise<void> {
    this.#wakeUp = new AbortController();
    await this.#deps.wait(ms, this.#wakeUp.signal);
  }
}
