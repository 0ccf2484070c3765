/** Something that was started and must be stopped; `remainingMs` is what is left of the whole drain. */
export type Stop = (remainingMs: number) => Promise<void>;

export type Lifecycle = {
  /** Starts one part. Parts stop in the reverse order of their starting. */
  start: <T>(
    name: string,
    open: () => Promise<T> | T,
    stop: (part: T, remainingMs: number) => Promise<void>,
  ) => Promise<T>;
  /** Stops everything, however often it is called; resolves with what could not be stopped cleanly. */
  stopAll: (budgetMs: number) => Promise<readonly string[]>;
};

/** Even with the budget used up by others, a part gets this long to let go of what it holds. */
const leastMs = 250;

export type LifecycleDeps = {
  nowMs: () => number;
  /** Resolves after so long, or at once when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  onStopped: (name: string) => void;
};

/** Ordered start-up and drain. When a part fails to start, those before it are stopped and the failure goes on. */
export function createLifecycle({ nowMs, wait, onStopped }: LifecycleDeps): Lifecycle {
  const started: { name: string; stop: Stop }[] = [];
  let stopping: Promise<readonly string[]> | null = null;

  const stopInTurn = async (budgetMs: number): Promise<readonly string[]> => {
    const deadlineMs = nowMs() + budgetMs;
    const failures: string[] = [];
    for (let part = started.pop(); part !== undefined; part = started.pop()) {
      try {
        if (await inTime(part, Math.max(0, deadlineMs - nowMs()))) onStopped(part.name);
        else failures.push(`${part.name}: did not stop in time; it is left behind`);
      } catch (error) {
        failures.push(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return failures;
  };

  // A part that hangs, such as a server that does not answer, must not keep the process from ending.
  const inTime = async (part: { stop: Stop }, remainingMs: number): Promise<boolean> => {
    const done = new AbortController();
    const late = wait(Math.max(remainingMs, leastMs), done.signal).then(() => false);
    try {
      return await Promise.race([part.stop(remainingMs).then(() => true), late]);
    } finally {
      done.abort();
    }
  };

  return {
    start: async (name, open, stop) => {
      const part = await open();
      started.push({ name, stop: (remainingMs) => stop(part, remainingMs) });
      return part;
    },
    stopAll: (budgetMs) => {
      stopping ??= stopInTurn(budgetMs);
      return stopping;
    },
  };
}
