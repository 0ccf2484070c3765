import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Admission } from '../admission.js';
import { decodeMarks, type RequestMark } from '../duplicates/request-mark.js';
import type { RowSink } from '../rows/row-sink.js';
import type { MadeRows } from './commit-batch.js';
import { Committer, type Written } from './committer.js';
import { Inserter } from './inserter.js';
import { MarkLog } from './mark-log.js';
import { readMarks } from './read-frame.js';
import { beganAtMs, findLeftovers, logPath } from './segment-files.js';
import type { SpoolDeps, SpoolStats } from './spool-types.js';

/** Rows between the acknowledgement and ClickHouse: on disk from the first moment on, in the engine exactly once. */
export class Spool {
  readonly #deps: SpoolDeps;
  readonly #committer: Committer;
  readonly #inserter: Inserter;
  readonly #markLog: MarkLog;
  #isStopping = false;

  private constructor(deps: SpoolDeps) {
    this.#deps = deps;
    this.#markLog = new MarkLog(deps);
    this.#inserter = new Inserter(deps, this.#markLog, () => this.#committer.closeIfDue());
    this.#committer = new Committer(deps, (segment) => this.#inserter.add(segment), this.#inserter);
  }

  /** Opens the directory, which must belong to this process alone, and takes up what a former process left. */
  static async open(deps: SpoolDeps): Promise<Spool> {
    await mkdir(deps.directory, { recursive: true });
    const spool = new Spool(deps);
    await spool.#restoreMarks();
    await spool.#takeUpLeftovers();
    return spool;
  }

  /** Adds the rows that `fill` writes, on disk together with the mark; await `durable` before acknowledging them. */
  write<Result>(
    tenant: string,
    fill: (sinks: readonly RowSink[]) => Result,
    mark: RequestMark | null = null,
  ): Written<Result> {
    return this.#committer.write(tenant, fill, mark);
  }

  /** Adds rows that were made elsewhere, without copying them: they must not change. Resolves when they are on disk. */
  add(tenant: string, tables: readonly MadeRows[], mark: RequestMark | null): Promise<void> {
    return this.#committer.add(tenant, tables, mark);
  }

  /** Closed while the spool is full, memory runs over, or the process is ending. */
  admission(): Admission {
    const { quotaBytes, pendingMaxBytes } = this.#deps.limits;
    if (this.#isStopping) return closed('The server is shutting down', 5);
    if (this.#committer.pendingBytes > pendingMaxBytes) {
      return closed('The disk does not keep up with what comes in', 1);
    }
    if (this.#bytes() > quotaBytes) {
      return closed('The spool is full because ClickHouse does not take data fast enough', 10);
    }
    return { kind: 'open' };
  }

  stats(): SpoolStats {
    const oldestMs = this.#inserter.oldestMs ?? this.#committer.openedAtMs;
    return {
      bytes: this.#bytes(),
      quotaBytes: this.#deps.limits.quotaBytes,
      segments: this.#inserter.segments + (this.#committer.openedAtMs === null ? 0 : 1),
      oldestAgeMs: oldestMs === null ? null : Math.max(0, this.#deps.nowMs() - oldestMs),
      insertedSegments: this.#inserter.inserted,
      insertFailures: this.#inserter.failures,
      poisonedTables: this.#inserter.poisoned,
      commitFailures: this.#committer.failures,
      lastError: this.#inserter.lastError,
    };
  }

  /** Brings everything to disk, and as much into ClickHouse as the deadline allows. */
  async stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#committer.stop();
    await this.#inserter.stop(deadlineMs);
    await this.#markLog.close();
  }

  #bytes(): number {
    return this.#committer.pendingBytes + this.#committer.openBytes + this.#inserter.bytes;
  }

  /** Marks lie in the log of marks, and of what was not inserted yet in the segments themselves. */
  async #restoreMarks(): Promise<void> {
    const { directory, onMarksFound } = this.#deps;
    for (const marks of await this.#markLog.read()) onMarksFound(decodeMarks(marks));
    const { segments } = await findLeftovers(directory);
    for (const { id } of segments) {
      for (const marks of await readMarks(logPath(directory, id))) onMarksFound(decodeMarks(marks));
    }
  }

  /** Only lists what there is; a log is read when its turn comes, so that a long spool does not delay the start. */
  async #takeUpLeftovers(): Promise<void> {
    const { directory, log } = this.#deps;
    const { segments, strayRowFiles } = await findLeftovers(directory);
    for (const name of strayRowFiles) await rm(join(directory, name), { force: true });
    for (const { id, logBytes } of segments) {
      this.#inserter.add({
        id,
        tables: [],
        tenants: new Set(),
        logBytes,
        openedAtMs: beganAtMs(id),
        marks: [],
        rowFilesReady: false,
        attempts: 0,
        notBeforeMs: 0,
        inserted: new Set(),
      });
    }
    if (segments.length > 0)
      log.info({ segments: segments.length }, 'Takes up what the last run left in the spool');
  }
}

function closed(reason: string, retryAfterSeconds: number): Admission {
  return { kind: 'closed', reason, retryAfterSeconds };
}
