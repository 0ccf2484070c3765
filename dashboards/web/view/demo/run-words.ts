import type { Demo } from '../../../../schemas/demo.js';
import { dateTime } from '../clock-time.js';

export type DemoRun = Demo['runs'][number];

/** The run of an incident that matters now: under way, else the next one, else none. */
export function runOf(runs: readonly DemoRun[], name: string): DemoRun | null {
  const own = runs.filter((run) => run.name === name && run.state !== 'over');
  return own.find(({ state }) => state === 'active') ?? own[0] ?? null;
}

/** "goes on until 14:05", "by itself on 3 Dec, 14:05"; one about to begin was just started. */
export function runText(run: DemoRun | null, nowMs: number): string {
  if (run === null) return 'not planned';
  if (run.state === 'active') return `goes on until ${dateTime(Date.parse(run.to))}`;
  const soon = Date.parse(run.from) - nowMs < 90_000;
  return soon ? 'begins within a minute' : `by itself on ${dateTime(Date.parse(run.from))}`;
}
