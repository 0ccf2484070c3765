import type { Recurrence } from '../../schemas/alerting/recurrence.js';
import { instantOf, parseWall, wallAt } from '../clock/wall-clock.js';
import { localOccurrences } from '../recurrence/occurrences.js';
import { parseRule } from '../recurrence/parse-rule.js';

export type Window = { fromMs: number; untilMs: number };

const dayMs = 86_400_000;
/** Clocks are put forward or back by less than this. */
const clockChangeMs = 3 * 3_600_000;

/** The time a recurrence is in at an instant, or null. Its rule is reckoned on wall times, so no zone can shift it. */
export function windowAt(recurrence: Recurrence, atMs: number): Window | null {
  const { zone, lasts } = recurrence;
  const wall = wallAt(atMs, zone);
  const near: number[] = [];
  for (const start of startsOf(recurrence)) {
    if (start > wall + clockChangeMs) break;
    if (start >= wall - lasts - clockChangeMs) near.push(start);
  }
  for (const start of near.reverse()) {
    const window = windowFrom(recurrence, start);
    if (window.fromMs <= atMs && atMs < window.untilMs) return window;
  }
  return null;
}

/** The next time one begins within a year; null when there is none. */
export function nextWindow(recurrence: Recurrence, afterMs: number): Window | null {
  const wall = wallAt(afterMs, recurrence.zone);
  for (const start of startsOf(recurrence)) {
    if (start > wall + 366 * dayMs) return null;
    if (start > wall) return windowFrom(recurrence, start);
  }
  return null;
}

/** What is wrong with a rule; null when nothing is. */
export function ruleProblem({ rule, start, zone }: Recurrence): string | null {
  const parsed = parseRule(rule);
  if (parsed.kind === 'refused') return `the rule "${rule}" cannot be read: ${parsed.reason}`;
  const first = localOccurrences(parsed.rule, parseWall(start), zone).next();
  return first.done === true ? `the rule "${rule}" never comes true` : null;
}

function windowFrom({ zone, lasts }: Recurrence, start: number): Window {
  return { fromMs: instantOf(start, zone), untilMs: instantOf(start + lasts, zone) };
}

/** None of a rule that cannot be read: it was refused when it was told. */
function startsOf({ rule, start, zone }: Recurrence): Iterable<number> {
  const parsed = parseRule(rule);
  return parsed.kind === 'refused' ? [] : localOccurrences(parsed.rule, parseWall(start), zone);
}
