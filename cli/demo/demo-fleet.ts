import type { Demo, DemoIncidentRun } from '../../schemas/demo.js';
import { shop } from './fleet/shop.js';
import type { HistoryState } from './history/history-state.js';
import { findIncident, incidents } from './incidents/catalog.js';
import type { IncidentRun } from './incidents/incident.js';
import { minuteMs } from './run/fleet-run.js';
import { IncidentBook } from './run/incident-book.js';
import { type RunningFleet, startFleet } from './run/start-fleet.js';

const dayMinutes = 1440;
export const seed = 1;
/** Mean over a week; low enough for a laptop to forget about it. */
export const ratePerSecond = 3;
/** What is sent over the wire for an empty store; history before it is made in the engine. */
export const sentHistoryMinutes = 90;
/**
 * So that the first look shows something wrong: these began some minutes ago and go on. Mails that fail are many enough to page at any
 * hour; the new version is there to be found, and fails too rarely at this rate to wake anybody.
 */
export const underWay = [
  { name: 'credential-rotation', minutesAgo: 13 },
  { name: 'bad-deploy', minutesAgo: 9 },
];

export type DemoFleet = {
  describe: () => Demo;
  startIncident: (name: string) => DemoIncidentRun | null;
  /** Begins to send; `isEmpty` says that there is no history yet, of which the last hours are sent first. */
  start: (target: { url: string; grpcUrl: string; key: string; isEmpty: boolean; startMs: number }) => void;
  stop: (deadlineMs: number) => Promise<void>;
};

/** The fleet of `serve --demo`. It exists before the port it sends to, so that routes can speak of it. */
export function createDemoFleet(
  now: () => Date,
  onFailure: (reason: string) => void,
  history: () => HistoryState | null,
): DemoFleet {
  const book = new IncidentBook();
  let running: RunningFleet | null = null;
  const minuteNow = () => Math.floor(now().getTime() / minuteMs);
  return {
    describe: () => {
      const minute = minuteNow();
      return {
        fleet: {
          name: shop.name,
          functions: shop.functions.length,
          teams: [...new Set(shop.functions.map(({ team }) => team))],
          seed,
          ratePerSecond,
        },
        figures: running?.figures() ?? null,
        history: describeHistory(history()),
        incidents: incidents.map(({ effects: _inside, ...told }) => told),
        runs: book
          .between(minute - dayMinutes, minute + 7 * dayMinutes)
          .map((run) => describeRun(run, now().getTime() / minuteMs)),
      };
    },
    startIncident: (name) => {
      const incident = findIncident(name);
      if (incident === null) return null;
      // The minute under way has been made already.
      const run = book.ask(incident, minuteNow() + 1);
      running?.startIncident(name, run.startMinute);
      return describeRun(run, now().getTime() / minuteMs);
    },
    start: ({ url, grpcUrl, key, isEmpty, startMs }) => {
      const begun = (isEmpty ? underWay : []).map(({ name, minutesAgo }) => {
        const startMinute = Math.floor(startMs / minuteMs) - minutesAgo;
        const incident = findIncident(name);
        if (incident !== null) book.ask(incident, startMinute);
        return { name, startMinute };
      });
      running = startFleet(
        {
          url,
          grpcUrl,
          key,
          seed,
          ratePerSecond,
          speed: 1,
          startMs,
          backfillMs: isEmpty ? sentHistoryMinutes * minuteMs : 0,
          isLive: true,
          truthDir: null,
          incidents: begun,
        },
        onFailure,
      );
    },
    stop: async (deadlineMs) => await running?.stop(deadlineMs),
  };
}

function describeHistory(state: HistoryState | null): Demo['history'] {
  if (state === null) return null;
  const { fromMinute, toMinute, doneChunks, chunks } = state;
  return {
    from: new Date(fromMinute * minuteMs).toISOString(),
    to: new Date(toMinute * minuteMs).toISOString(),
    doneRatio: doneChunks / chunks,
  };
}

function describeRun({ incident, startMinute, endMinute }: IncidentRun, atMinute: number): DemoIncidentRun {
  const { name, title } = incident;
  const from = new Date(startMinute * minuteMs).toISOString();
  const to = new Date(endMinute * minuteMs).toISOString();
  const state = atMinute < startMinute ? 'planned' : atMinute < endMinute ? 'active' : 'over';
  return { name, title, from, to, state };
}
