import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after so many milliseconds, or at once when aborted. */
export async function waitMs(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
