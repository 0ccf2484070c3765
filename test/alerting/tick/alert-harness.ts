import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { readEventsSince } from '../../../alerting/incidents/read-events.js';
import { createLedgerJob } from '../../../alerting/ledger/ledger-job.js';
import type { Rule } from '../../../alerting/rules/rule.js';
import { type AlertDeps, type AlertJob, createAlertJob } from '../../../alerting/tick/alert-job.js';
import type { CostDeps } from '../../../query/cost/cost-deps.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { costAlerts, testCosts } from './test-costs.js';

/** The job under test with a clock that is set by hand. */
export type Alarm = {
  job: AlertJob;
  /** Sets the clock and decides everything that is due. */
  tickAt: (at: Date) => Promise<void>;
};

const costs = await testCosts();

export function alarmUnderTest(
  warehouse: Warehouse,
  given: { rules?: readonly Rule[]; diagnose?: AlertDeps['diagnose']; costs?: CostDeps } = {},
): Alarm {
  let now = new Date(0);
  const signal = new AbortController().signal;
  const job = createAlertJob({
    warehouse,
    directory: tmpdir(),
    now: () => now,
    mayWrite: async () => {},
    rules: given.rules ?? [],
    queues: { metrics: [], deadLetter: [] },
    costs: given.costs ?? costs,
    costAlerts,
    diagnose: given.diagnose ?? (async () => null),
    publish: () => {},
    warn: (fields) => {
      throw new Error(JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value)));
    },
  });
  return {
    job,
    tickAt: async (at) => {
      now = at;
      while (await job.tick(signal));
    },
  };
}

export async function ledgerUpToDate(warehouse: Warehouse, directory: string): Promise<void> {
  const job = createLedgerJob({
    warehouse,
    directory,
    newId: randomUUID,
    mayWrite: async () => {},
    keptMs: () => 95 * 86_400_000,
    queues: { metrics: [], deadLetter: [] },
  });
  while (await job.tick(new AbortController().signal));
}

/** Everything that was written for a tenant, in order. */
export async function eventsOf(warehouse: Warehouse, tenant: string): Promise<IncidentEvent[]> {
  const all = await readEventsSince(warehouse, new Date(0), 1_000_000);
  return all.map(({ event }) => event).filter((event) => event.tenant === tenant);
}

/** "12 fired page slo-burn": minutes from a start. */
export function inShort(events: readonly IncidentEvent[], startMs: number): string[] {
  return events.map(({ at, kind, severity, rule }) => {
    const minute = Math.round((new Date(at).getTime() - startMs) / 60_000);
    return `${minute} ${kind} ${severity} ${rule}`;
  });
}
