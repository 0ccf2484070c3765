import rrule from 'rrule';
import type { Recurrence } from '../../schemas/alerting/recurrence.js';
import { instantOf, parseWall, wallAt } from '../clock/wall-clock.js';

export type Window = { fromMs: number; untilMs: number };

const dayMs = 86_400_000;
/** Clocks are put forward or back by less than this. */
const clockChangeMs = 3 * 3_600_000;

const rules = new Map<string, rrule.RRule>();

/** The time a recurrence is in at an instant, or null. Its rule is reckoned on wall times, so no zone can shift it. */
export function windowAt(recurrence: Recurrence, atMs: number): Window | null {
  const { zone, lasts } = recurrence;
  const wall = wallAt(atMs, zone);
  const starts = ruleOf(recurrence).between(
    new Date(wall - lasts - clockChangeMs),
    new Date(wall + clockChangeMs),
    true,
  );
  for (const start of starts.reverse()) {
    const fromMs = instantOf(start.getTime(), zone);
    const untilMs = instantOf(start.getTime() + lasts, zone);
    if (fromMs <= atMs && atMs < untilMs) return { fromMs, untilMs };
  }
  return null;
}

/** The next time one begins within a year; null when there is none. */
export function nextWindow(recurrence: Recurrence, afterMs: number): Window | null {
  const { zone, lasts } = recurrence;
  const wall = wallAt(afterMs, zone);
  const start = ruleOf(recurrence).after(new Date(wall), false);
  if (start === null || start.getTime() > wall + 366 * dayMs) return null;
  return { fromMs: instantOf(start.getTime(), zone), untilMs: instantOf(start.getTime() + lasts, zone) };
}

/** What is wrong with a rule; null when nothing is. */
export function ruleProblem(recurrence: Recurrence): string | null {
  try {
    const first = ruleOf(recurrence).after(new Date(parseWall(recurrence.start) - 1), true);
    return first === null ? `the rule "${recurrence.rule}" never comes true` : null;
  } catch (error) {
    return `the rule "${recurrence.rule}" cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function ruleOf({ rule, start }: Recurrence): rrule.RRule {
  const key = `${start} ${rule}`;
  const known = rules.get(key);
  if (known !== undefined) return known;
  const options = rrule.RRule.parseString(rule);
  const made = new rrule.RRule({ ...options, dtstart: new Date(parseWall(start)), tzid: null });
  if (rules.size > 1000) rules.clear();
  rules.set(key, made);
  return made;
}
