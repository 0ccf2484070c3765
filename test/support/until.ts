import { setTimeout } from 'node:timers/promises';

/** Asks until the answer is yes; after the deadline the error says what never happened. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  deadlineMs = 8000,
): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await setTimeout(10);
  }
}
