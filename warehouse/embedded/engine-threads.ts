import { readdir } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

const ownThreads = '/proc/self/task';

/**
 * The engine's threads in this process: those that were not there before it was opened. Inserts and merges keep every core
 * busy for a moment, and a request that comes then must not wait for its turn: who sends waits for the answer, nobody
 * for a merge. So they leave the processor to others. Only Linux knows a priority for each thread.
 */
export class EngineThreads {
  #known: ReadonlySet<number>;

  private constructor(known: ReadonlySet<number>) {
    this.#known = known;
  }

  /** To be called before the engine is opened. */
  static async open(): Promise<EngineThreads> {
    return new EngineThreads(new Set(await threadIds()));
  }

  /** The engine begins and ends threads as it needs them, so this is to be called again and again; it costs a look into one folder. */
  async stepBack(): Promise<void> {
    const now = await threadIds();
    for (const id of now) if (!this.#known.has(id)) lower(id);
    this.#known = new Set(now);
  }
}

async function threadIds(): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const names = await readdir(ownThreads).catch(() => []);
  return names.map(Number);
}

function lower(threadId: number): void {
  try {
    setPriority(threadId, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended meanwhile, or the system does not let it be: then it goes on like the others.
  }
}
