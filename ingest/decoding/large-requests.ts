import type { Buffer } from 'node:buffer';
import type { RequestMark } from '../duplicates/request-mark.js';
import { OtlpRefusal, retryLater } from '../http/otlp-refusal.js';
import type { Received } from '../received.js';
import type { SignalName } from '../signal.js';
import type { MadeRows } from '../spool/commit-batch.js';
import { DecodeThread, type DecodeThreadDeps } from './decode-thread.js';
import { FairQueue } from './fair-queue.js';
import type { Job, Outcome } from './job.js';
import { type Knowledge, learnKnowledge, tellKnowledge } from './knowledge.js';
import type { RequestBody } from './request-body.js';

export type LargeRequestsDeps = DecodeThreadDeps & {
  knowledge: Knowledge;
  nowMs: () => number;
  add: (tenant: string, tables: readonly MadeRows[], mark: RequestMark | null) => Promise<void>;
};

export type LargeRequest = {
  readonly signal: SignalName;
  readonly tenant: string;
  readonly body: RequestBody;
  readonly mark: RequestMark | null;
};

/** With more rows than this on their way to the disk, the next request is not read before they are there. */
const mostAheadBytes = 16 * 1024 * 1024;

/** Large requests wait here for the thread that reads them; tenants take turns. */
export class LargeRequests {
  readonly #deps: LargeRequestsDeps;
  readonly #thread: DecodeThread;
  readonly #queue = new FairQueue<() => Promise<void>>();
  #isRunning = false;
  #isClosed = false;

  constructor(deps: LargeRequestsDeps) {
    this.#deps = deps;
    this.#thread = new DecodeThread(deps);
  }

  /** Resolves when its rows are with the spool; rejects with the refusal when there are none. */
  receive(request: LargeRequest): Promise<Received> {
    return new Promise((resolve, reject) => {
      this.#queue.push(request.tenant, () => this.#read(request).then(resolve, reject));
      if (!this.#isRunning) void this.#run();
    });
  }

  /** Gets ready for the first one. */
  prepare(): void {
    if (!this.#isClosed) this.#thread.prepare();
  }

  /** Refuses what waits and what is being read. Nothing is given to the spool after this. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread.close();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) await next();
    this.#isRunning = false;
  }

  async #read(request: LargeRequest): Promise<Received> {
    const { tenant, signal, body, mark } = request;
    const { knowledge, nowMs } = this.#deps;
    if (this.#isClosed) throw shuttingDown();
    const atMs = nowMs();
    const told = tellKnowledge(knowledge, tenant, atMs);
    const { encoding, delivery } = body;
    const job: Job = {
      signal,
      tenant,
      encoding,
      delivery,
      nowMs: atMs,
      bytes: own(body.bytes),
      knowledge: told,
    };
    const outcome = await this.#thread.run(job);
    if (this.#isClosed) throw shuttingDown();
    if (outcome.kind !== 'rows') throw errorOf(outcome);
    learnKnowledge(knowledge, tenant, atMs, told, outcome.knowledge);
    const durable = this.#deps.add(tenant, outcome.tables, mark);
    const rowBytes = outcome.tables.reduce((sum, { bytes }) => sum + bytes.length, 0);
    // How it went is for the sender to hear.
    if (rowBytes > mostAheadBytes) await durable.catch(() => undefined);
    return { ...outcome.received, durable };
  }
}

function errorOf(outcome: Exclude<Outcome, { kind: 'rows' }>): Error {
  if (outcome.kind === 'failed') return outcome.error;
  return outcome.reason === 'closed' ? shuttingDown() : new OtlpRefusal(outcome.reason, outcome.message);
}

function shuttingDown(): OtlpRefusal {
  return retryLater('closed', 'The server is shutting down', 5);
}

/** Bytes that can be handed over: a part of a shared buffer would take its neighbours along. */
function own(bytes: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) return new Uint8Array(buffer);
  return Uint8Array.from(bytes);
}
