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

/** Ordered start-up and drain. When a part fails to start, those before it are stopped and the failure goes on. */
export function createLifecycle(nowMs: () => number, onStopped: (name: string) => void): Lifecycle {
  const started: { name: string; stop: Stop }[] = [];
  let stopping: Promise<readonly string[]> | null = null;

  const stopInTurn = async (budgetMs: number): Promise<readonly string[]> => {
    const deadlineMs = nowMs() + budgetMs;
    const failures: string[] = [];
    for (let part = started.pop(); part !== undefined; part = started.pop()) {
      try {
        await part.stop(Math.max(0, deadlineMs - nowMs()));
        onStopped(part.name);
      } catch (error) {
        failures.push(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return failures;
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
