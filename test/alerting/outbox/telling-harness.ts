import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { openReceivers } from '../../../alerting/outbox/open-receivers.js';
import { createTellJob, type TellJob } from '../../../alerting/outbox/tell-job.js';
import { addressGuard } from '../../../alerting/outgoing/address-guard.js';
import { defaultTenant } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';

export type World = {
  nowMs: number;
  append: (...events: IncidentEvent[]) => Promise<void>;
  /** A process that tells, as of its start; another one is another process. */
  start: (alerting: object, mayWrite?: () => Promise<void>) => TellJob;
  /** Looks and delivers, as often as something is left to do now. */
  turn: (job: TellJob) => Promise<void>;
  warnings: string[];
};

const noNames = async () => [];

/** Telling on the real engine and over real HTTP; only the clock is the test's. */
export function worldOn(warehouse: Warehouse, startMs: number): World {
  const append = incidentLog(warehouse);
  const warnings: string[] = [];
  const world: World = {
    nowMs: startMs,
    warnings,
    append: (...events) => append(events),
    start: (alerting, mayWrite = async () => undefined) => {
      const parsed = parseConfig({ yamlText: JSON.stringify({ alerting }), yamlPath: 'c.yaml', env: {} });
      if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.problems));
      const settings = parsed.config.alerting;
      const outgoing = { isAllowed: addressGuard(['127.0.0.1']), resolve: noNames, timeoutMs: 300 };
      return createTellJob({
        warehouse,
        settings,
        reportTenant: defaultTenant,
        receivers: openReceivers(settings, outgoing),
        mayWrite,
        nowMs: () => world.nowMs,
        random: () => 0.5,
        warn: (_fields, sentence) => warnings.push(sentence),
      });
    },
    turn: async (job) => {
      await job.tick(new AbortController().signal);
      await job.idle();
    },
  };
  return world;
}
