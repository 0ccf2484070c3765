import { instantOf, wallAt } from '../clock/wall-clock.js';
import { localOccurrences } from './occurrences.js';
import type { Rule } from './rule.js';

/** A first window and, with a rule, how it repeats by the clocks of a zone. Every window lasts as long as the first. */
export type Repeating = { from: Date; to: Date; repeat: { rule: Rule; zone: string } | null };

export type Window = { from: Date; to: Date };

/** Zones change their clocks by hours; a local time lies within a day of UTC. */
const slackMs = 2 * 86_400_000;

/** The windows that lie at least partly within [from, to), in order. */
export function windowsWithin({ from: first, to: end, repeat }: Repeating, from: Date, to: Date): Window[] {
  const lengthMs = end.getTime() - first.getTime();
  const overlaps = (startMs: number) => startMs < to.getTime() && startMs + lengthMs > from.getTime();
  const windowAt = (startMs: number) => ({ from: new Date(startMs), to: new Date(startMs + lengthMs) });
  if (repeat === null) return overlaps(first.getTime()) ? [windowAt(first.getTime())] : [];
  const { rule, zone } = repeat;
  const windows: Window[] = [];
  for (const local of localOccurrences(rule, wallAt(first.getTime(), zone), zone)) {
    if (local > to.getTime() + slackMs) break;
    if (local + lengthMs < from.getTime() - slackMs) continue;
    const startMs = instantOf(local, zone);
    if (overlaps(startMs)) windows.push(windowAt(startMs));
  }
  return windows;
}

/** Whether the first window is one of the rule's; else the rule means another day than its author wrote. */
export function startsWithRule({ from, repeat }: Repeating): boolean {
  if (repeat === null) return true;
  const local = wallAt(from.getTime(), repeat.zone);
  // A rule that is over before it starts has none at all; that is another mistake.
  const endless = { ...repeat.rule, until: null };
  return localOccurrences(endless, local, repeat.zone).next().value === local;
}
