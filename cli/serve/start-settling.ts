import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Settling, startSettling } from '../../settle/start-settling.js';
import { leaseTiming } from '../../warehouse/migrate/lease/lease-timing.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migrationTarget } from '../open-warehouse.js';
import type { ServeContext } from './server-parts.js';

/** A replica that is further behind than this would miss corrections of what it does not have yet. */
const replicaLagMs = 10_000;

/** Works what is learned late into the invocations; on a server, one process of all that take telemetry does. */
export async function openSettling(context: ServeContext, warehouse: Warehouse): Promise<Settling> {
  const { config, log, now, newId, instanceId } = context;
  const { everyMs, reportGraceMs, lookbackMs, timeoutMs, timeouts } = config.settle;
  const directory = join(config.dataDir, 'settle');
  // What a killed process left there is of no use: it is decided again.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return startSettling({
    warehouse,
    directory,
    newId,
    now,
    everyMs,
    delayMs: config.clickhouse.cluster === null ? 0 : replicaLagMs,
    rules: {
      reportGraceMs,
      lookbackMs,
      defaultTimeoutMs: timeoutMs,
      timeoutsMs: new Map(Object.entries(timeouts)),
    },
    target: migrationTarget(config),
    lease:
      warehouse.mode === 'embedded'
        ? null
        : { ...leaseTiming, holder: `process-${process.pid}-${instanceId}`, isAbandoned: () => false },
    wait: async (ms, signal) => {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    random: Math.random,
    log,
  });
}
