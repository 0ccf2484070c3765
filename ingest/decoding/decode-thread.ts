import { Worker } from 'node:worker_threads';
import type { DecodeSettings } from './decode-settings.js';
import type { Job, Outcome } from './job.js';

export type DecodeThreadDeps = {
  settings: DecodeSettings;
  /** Resolves after so many milliseconds, or at once when aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A request that takes longer is refused, and its thread ended. */
  mostMs: number;
  /** Of objects, in megabytes; bodies and rows lie outside. */
  mostHeapMb?: number;
};

const program = new URL('./decode-thread-program.js', import.meta.url);
const usualHeapMb = 512;

/**
 * The thread that reads large requests, one after another. It is begun with the first of them at the latest, and anew after it
 * broke or was ended: then only the request it was reading is refused.
 */
export class DecodeThread {
  readonly #deps: DecodeThreadDeps;
  #worker: Worker | null = null;
  #settle: ((outcome: Outcome) => void) | null = null;

  constructor(deps: DecodeThreadDeps) {
    this.#deps = deps;
  }

  /** Begins the thread, which takes a quarter of a second and 20 MB, before it is needed. */
  prepare(): void {
    this.#worker ??= this.#begin();
  }

  /** Never rejects. Call it again only after the last one has been answered. */
  async run(job: Job): Promise<Outcome> {
    this.#worker ??= this.#begin();
    const worker = this.#worker;
    const done = new AbortController();
    const outcome = new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
    });
    void this.#deps.wait(this.#deps.mostMs, done.signal).then(() => {
      if (done.signal.aborted) return;
      this.#end({ kind: 'refused', reason: 'too-large', message: tooLong(this.#deps.mostMs) });
    });
    worker.postMessage(job, [job.bytes.buffer]);
    const answer = await outcome;
    done.abort();
    return answer;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#end({ kind: 'refused', reason: 'closed', message: 'The server is shutting down' });
    await worker?.terminate();
  }

  #begin(): Worker {
    const worker = new Worker(program, {
      name: 'coldburn-decode',
      workerData: this.#deps.settings,
      resourceLimits: { maxOldGenerationSizeMb: this.#deps.mostHeapMb ?? usualHeapMb },
    });
    // It must not keep a process that wants to end.
    worker.unref();
    const broke = (outcome: Outcome): void => {
      if (this.#worker === worker) this.#end(outcome);
    };
    worker.on('message', (outcome: Outcome) => {
      if (this.#worker === worker) this.#answer(outcome);
    });
    worker.on('error', (error: Error) => broke(outcomeOf(error)));
    worker.on('messageerror', (error: Error) => broke({ kind: 'failed', error }));
    worker.on('exit', (code) => {
      broke({ kind: 'failed', error: new Error(`The thread that reads requests ended with ${code}`) });
    });
    return worker;
  }

  /** Ends the thread, whatever it is doing, and answers for it. */
  #end(outcome: Outcome): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
    this.#answer(outcome);
  }

  #answer(outcome: Outcome): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(outcome);
  }
}

function outcomeOf(error: Error): Outcome {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const message = 'Reading the request takes more memory than one may have; send smaller batches';
    return { kind: 'refused', reason: 'too-large', message };
  }
  return { kind: 'failed', error };
}

function tooLong(mostMs: number): string {
  return `Reading the request takes longer than ${mostMs / 1000} s; send smaller batches`;
}
