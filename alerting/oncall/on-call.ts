import type { Rotation, Schedule } from '../../schemas/config/oncall.js';
import { instantOf, parseWall, wallAt } from '../clock/wall-clock.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Who is on call at an instant; null when nobody is. */
export function onCallAt(schedule: Schedule, atMs: number): string | null {
  const { zone, overrides, rotations } = schedule;
  // Of overrides that overlap, the one written last counts.
  const override = overrides.findLast(
    ({ from, until }) => startOf(from, zone) <= atMs && atMs < startOf(until, zone),
  );
  if (override !== undefined) return override.person;
  for (const rotation of rotations) {
    const person = inTurn(rotation, zone, atMs);
    if (person !== null) return person;
  }
  return null;
}

function inTurn(rotation: Rotation, zone: string, atMs: number): string | null {
  const turn = turnAt(rotation, zone, atMs);
  if (turn < 0 || !isDuring(rotation, zone, atMs)) return null;
  return rotation.people[turn % rotation.people.length] ?? null;
}

/** How many handovers there have been. Clocks that are put back do not hand over twice. */
function turnAt({ start, every }: Rotation, zone: string, atMs: number): number {
  const startWall = parseWall(start);
  const handover = (turn: number) => instantOf(startWall + turn * every, zone);
  let turn = Math.floor((wallAt(atMs, zone) - startWall) / every);
  while (handover(turn + 1) <= atMs) turn += 1;
  while (handover(turn) > atMs) turn -= 1;
  return turn;
}

function isDuring({ during }: Rotation, zone: string, atMs: number): boolean {
  if (during === undefined) return true;
  const today = Math.floor(wallAt(atMs, zone) / dayMs) * dayMs;
  // A window may have begun yesterday and go on past midnight.
  return [today - dayMs, today].some((day) => {
    const { fromMs, untilMs } = windowOf(during, day);
    if (!isOnDay(during.days, day)) return false;
    return instantOf(fromMs, zone) <= atMs && atMs < instantOf(untilMs, zone);
  });
}

function isOnDay(days: readonly string[] | undefined, dayWallMs: number): boolean {
  return days === undefined || days.includes(weekdays[new Date(dayWallMs).getUTCDay()] ?? '');
}

function windowOf({ from, until }: { from: string; until: string }, dayWallMs: number) {
  const fromMs = dayWallMs + clockMs(from);
  const lengthMs = clockMs(until) - clockMs(from);
  return { fromMs, untilMs: fromMs + (lengthMs <= 0 ? lengthMs + dayMs : lengthMs) };
}

function clockMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

function startOf(wall: string, zone: string): number {
  return instantOf(parseWall(wall), zone);
}

export type Shift = { person: string; fromMs: number; untilMs: number };

/** Who is on call in a window, one shift after the other; times without anybody are left out. */
export function shiftsIn(schedule: Schedule, fromMs: number, untilMs: number): Shift[] {
  const { zone, overrides, rotations } = schedule;
  const edges = new Set([fromMs]);
  const add = (ms: number) => {
    if (ms > fromMs && ms < untilMs) edges.add(ms);
  };
  for (const { from, until } of overrides) for (const wall of [from, until]) add(startOf(wall, zone));
  for (const rotation of rotations) {
    const startWall = parseWall(rotation.start);
    const last = turnAt(rotation, zone, untilMs);
    for (let turn = Math.max(0, turnAt(rotation, zone, fromMs)); turn <= last; turn++)
      add(instantOf(startWall + turn * rotation.every, zone));
    if (rotation.during === undefined) continue;
    const firstDay = Math.floor(wallAt(fromMs, zone) / dayMs) * dayMs - dayMs;
    for (let day = firstDay; day <= wallAt(untilMs, zone); day += dayMs) {
      const window = windowOf(rotation.during, day);
      add(instantOf(window.fromMs, zone));
      add(instantOf(window.untilMs, zone));
    }
  }
  const ordered = [...edges].sort((one, other) => one - other);
  const shifts: Shift[] = [];
  for (const [at, edge] of ordered.entries()) {
    const person = onCallAt(schedule, edge);
    const end = ordered[at + 1] ?? untilMs;
    const before = shifts.at(-1);
    if (before?.person === person && before?.untilMs === edge) before.untilMs = end;
    else if (person !== null) shifts.push({ person, fromMs: edge, untilMs: end });
  }
  return shifts;
}
