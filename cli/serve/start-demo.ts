import { setTimeout as pause } from 'node:timers/promises';
import { readEverSeen } from '../../query/functions/read-ever-seen.js';
import { type Authorize, defaultTenant } from '../../schemas/access.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import {
  createDemoFleet,
  type DemoFleet,
  ratePerSecond,
  seed,
  sentHistoryMinutes,
} from '../demo/demo-fleet.js';
import { giveWay } from '../demo/history/give-way.js';
import { type HistoryState, readHistoryState } from '../demo/history/history-state.js';
import { beginHistory, continueHistory } from '../demo/history/run-history.js';
import { putObjectives } from '../demo/objectives/put-objectives.js';
import { demoRoutes } from '../demo/routes/demo-routes.js';
import { allowFleet } from '../demo/run/fleet-access.js';
import { minuteMs } from '../demo/run/fleet-run.js';
import type { Lifecycle } from './lifecycle.js';
import type { ServeContext } from './server-parts.js';

export type DemoPart = {
  fleet: DemoFleet;
  routes: ZodPlugin;
  /** Lets the fleet send, whatever keys there are. */
  allow: (authorize: Authorize) => Authorize;
  key: string;
  isEmpty: () => Promise<boolean>;
  tellHistory: (state: HistoryState | null) => void;
};

/** As long as invocations are kept, without the day that would go at once. */
const historyMinutes = 29 * 1440;

/** The demo fleet before it runs; null without --demo. A StartupError says why there cannot be one. */
export function openDemo(
  { config, isDemo, log, newId, now }: ServeContext,
  warehouse: Warehouse,
): DemoPart | null {
  if (!isDemo) return null;
  if (!config.roles.includes('ingest'))
    throw new StartupError(
      'The demo fleet has nowhere to send: this process has no ingest role. Leave out --demo, or add "ingest" to roles (COLDBURN_ROLES).',
    );
  let history: HistoryState | null = null;
  const fleet = createDemoFleet(
    now,
    (reason) => log.error({ reason }, 'the demo fleet has stopped'),
    () => history,
  );
  const key = `demo-${newId()}`;
  return {
    fleet,
    key,
    routes: demoRoutes(fleet),
    allow: (authorize) => allowFleet(authorize, key),
    isEmpty: async () => !(await readEverSeen(warehouse.forTenant(defaultTenant))),
    tellHistory: (state) => {
      history = state;
    },
  };
}

/** What stands before anything is sent: objectives, and which month of history this installation gets. */
export async function prepareDemo(
  { config, log, now }: ServeContext,
  warehouse: Warehouse,
  demo: DemoPart,
): Promise<DemoStart> {
  const isEmpty = await demo.isEmpty();
  const startMs = now().getTime();
  const { dataDir, clickhouse } = config;
  const put = await putObjectives(warehouse, defaultTenant, now());
  if (put.length > 0) log.info({ objectives: put.length }, 'the demo put its objectives');
  if (isEmpty && clickhouse.cluster === null) {
    const toMinute = Math.floor(startMs / minuteMs) - sentHistoryMinutes;
    await beginHistory(dataDir, { seed, ratePerSecond, fromMinute: toMinute - historyMinutes, toMinute });
  }
  demo.tellHistory(await readHistoryState(dataDir));
  return { isEmpty, startMs };
}

export type DemoStart = { isEmpty: boolean; startMs: number };
export type DemoSurroundings = {
  url: string;
  grpcUrl: string;
  /** How many wait for an answer just now: the history is made when nobody does. */
  reading: () => number;
};

/**
 * Sends the fleet off, and makes the month before it. Both are started last and so stop first: the making holds the place
 * that every other part needs for its last words.
 */
export async function startDemo(
  { config, log }: ServeContext,
  warehouse: Warehouse,
  demo: DemoPart,
  { url, grpcUrl, reading, isEmpty, startMs }: DemoSurroundings & DemoStart,
  lifecycle: Lifecycle,
): Promise<void> {
  const { dataDir, clickhouse } = config;
  await lifecycle.start(
    'demo fleet',
    () => demo.fleet.start({ url, grpcUrl, key: demo.key, isEmpty, startMs }),
    (_started, remainingMs) => demo.fleet.stop(Math.min(1_500, remainingMs)),
  );
  await lifecycle.start(
    'demo history',
    () => {
      const stop = new AbortController();
      const { signal } = stop;
      const host = { warehouse, dataDir, database: clickhouse.database, tenant: defaultTenant, signal };
      const wait = async (ms: number) => await pause(ms, undefined, { signal });
      const letPagesGoFirst = async () => await giveWay({ reading, nowMs: () => performance.now(), wait });
      const told = { onDone: demo.tellHistory, giveWay: letPagesGoFirst };
      const over = continueHistory({ ...host, ...told }).catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'the demo history is not complete');
      });
      return { stop, over };
    },
    async ({ stop, over }) => {
      stop.abort();
      await over;
    },
  );
}
