import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is yes; fails the test, naming what it waited for, when that takes too long. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 10_000,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `waited ${deadlineMs} ms in vain until ${what}`);
    await pause(10);
  }
}
