import assert from 'node:assert/strict';
import { shop } from '../../../../cli/demo/fleet/shop.js';
import { fillHistory, type HistoryPlan, stepsOf } from '../../../../cli/demo/history/fill-history.js';
import { type HistoryTruth, readHistoryTruth } from '../../../../cli/demo/history/write-history-truth.js';
import { defaultTenant } from '../../../../schemas/access.js';
import { openMigrated } from '../../../support/open-migrated.js';
import { incidentAt } from '../demo-world.js';

export const database = 'coldburn';
const dayMinutes = 1440;
/** The evening of three days ago: inside what is kept. */
export const fromMinute = Math.floor(Date.now() / 86_400_000) * dayMinutes - 3 * dayMinutes + 19 * 60;
export const toMinute = fromMinute + 90;
export const incidents = [
  incidentAt('bad-deploy', fromMinute + 10),
  incidentAt('throttling', fromMinute + 20),
  incidentAt('lost-telemetry', fromMinute + 30),
  incidentAt('retry-storm', fromMinute + 40),
  incidentAt('memory-leak', fromMinute - 60),
  incidentAt('dlq-growth', fromMinute + 5),
];
export const plan: HistoryPlan = {
  world: { fleet: shop, seed: 5, ratePerSecond: 3, incidents },
  tenant: defaultTenant,
  fromMinute,
  toMinute,
};
const noStop = new AbortController().signal;
export type MadeHistory = { opened: Awaited<ReturnType<typeof openMigrated>>; truth: HistoryTruth[] };

/** Makes it in an engine of its own; after these steps the process ends before that is written down. */
export async function makeHistory(cutOffAfter: readonly number[]): Promise<MadeHistory> {
  const opened = await openMigrated();
  const { warehouse } = opened;
  const cutOff = new Set(cutOffAfter);
  for (let done = 0; done < stepsOf(plan); ) {
    const onDone = async (chunks: number) => {
      if (cutOff.delete(chunks)) throw new Error('killed');
      done = chunks;
    };
    const giveWay = async () => {};
    const deps = { database, signal: noStop, doneChunks: done, onDone, giveWay };
    await fillHistory(warehouse, plan, deps).catch((error: unknown) => assert.match(String(error), /killed/));
  }
  const truth: HistoryTruth[] = [];
  for await (const row of readHistoryTruth(warehouse, plan, fromMinute, toMinute, noStop)) truth.push(row);
  return { opened, truth };
}
