import type { IncidentRun } from '../incidents/incident.js';
import type { DemoInvocation } from '../simulate/invocation.js';
import { simulateMinute } from '../simulate/simulate-minute.js';
import type { World } from '../simulate/world.js';
import { type TruthQuestion, type TruthRow, truthRows } from './truth-row.js';

/** What comes of a minute's events begins before this many minutes have passed; a test holds it. */
export const echoMinutes = 10;
/** A clock may be ahead or behind by seconds. */
const skewMinutes = 1;

/** A window of time, and of which minutes' events there are any at all: [bornMinute, bornEndMinute). */
export type RunWindow = {
  fromMinute: number;
  toMinute: number;
  bornMinute?: number;
  bornEndMinute?: number;
};

/** Every run that can have begun in [fromMinute, toMinute), by whatever clock. */
export function* runsAround(world: World, window: RunWindow): Generator<DemoInvocation> {
  const { fromMinute, toMinute, bornMinute = 0, bornEndMinute = Number.POSITIVE_INFINITY } = window;
  const first = Math.max(bornMinute, fromMinute - echoMinutes);
  const end = Math.min(bornEndMinute, toMinute + skewMinutes);
  for (let minute = first; minute < end; minute++) yield* simulateMinute(world, minute);
}

/** The truth of a window, made from the world alone: nobody has to have watched. */
export function truthOf(world: World, question: TruthQuestion & RunWindow): TruthRow[] {
  return truthRows(runsAround(world, question), question);
}

/** JSON, one row a line. */
export function truthLines(rows: readonly TruthRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** What was wrong, from when to when, and why; one incident a line. */
export function incidentLines(runs: readonly IncidentRun[]): string {
  return runs
    .map(({ incident, startMinute, endMinute }) => {
      const { name, title, cause, isHarmful } = incident;
      const from = new Date(startMinute * 60_000).toISOString();
      const to = new Date(endMinute * 60_000).toISOString();
      return `${JSON.stringify({ name, from, to, title, cause, isHarmful })}\n`;
    })
    .join('');
}
