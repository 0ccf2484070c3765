import { readdir } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';
import process from 'node:process';

const { PRIORITY_BELOW_NORMAL: stepsBack, PRIORITY_LOW: lowest } = constants.priority;

/** The threads of this process; null when they cannot be listed, or have no priority of their own. */
export type ListThreads = () => Promise<readonly number[] | null>;

/**
 * The engine's threads in this process: those that were not there before it was opened. Inserts and merges keep every core
 * busy for a moment, and a request that comes then must not wait for its turn: who sends waits for the answer, nobody
 * for a merge. So they leave the processor to others.
 */
export class EngineThreads {
  readonly #list: ListThreads;
  /** Those that stay as they are, or have stepped back; null when nobody knows whose are whose. */
  #settled: ReadonlySet<number> | null;

  private constructor(list: ListThreads, before: readonly number[] | null) {
    this.#list = list;
    this.#settled = before === null ? null : new Set(before);
  }

  /** To be called before the engine is opened. */
  static async open(list: ListThreads = ownThreads): Promise<EngineThreads> {
    return new EngineThreads(list, await list());
  }

  /** The engine begins and ends threads as it needs them, so this is to be called again and again; it costs a look into one folder. */
  async stepBack(): Promise<void> {
    const now = await this.#list();
    const settled = this.#settled;
    if (now === null || settled === null) return;
    for (const id of now) if (!settled.has(id)) lower(id);
    this.#settled = new Set(now);
  }
}

/** Only Linux knows a priority for each thread. */
async function ownThreads(): Promise<readonly number[] | null> {
  if (process.platform !== 'linux') return null;
  const names = await readdir('/proc/self/task').catch(() => null);
  return names?.map(Number) ?? null;
}

function lower(threadId: number): void {
  try {
    // From where the process is: one that was started with less than others would else lift its engine.
    setPriority(threadId, Math.min(lowest, getPriority(process.pid) + stepsBack));
  } catch {
    // It has ended meanwhile, or the system does not let it be: then it goes on like the others.
  }
}
