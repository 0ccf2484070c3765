import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Config } from '../../schemas/config/config.js';
import { StartupError } from '../../schemas/startup-error.js';
import { refuseIfHeld } from '../../warehouse/embedded/data-lock.js';
import { serverVersion } from '../../warehouse/server-version.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { machineMemory, usableMemoryBytes } from '../machine-memory.js';
import { configuredLimits } from '../warehouse-limits.js';
import type { Machine } from './examine.js';
import { measureClock } from './measures/clock.js';
import { measureDataDir } from './measures/data-dir.js';
import { measureOpenFiles } from './measures/open-files.js';
import { measurePlatform } from './measures/platform.js';
import { measurePort } from './measures/port.js';
import { measureServer } from './measures/server.js';
import type { EngineFacts } from './verdicts/engine.js';

export type MachineDeps = {
  now: () => Date;
  /** Opens what a configuration names; the doctor closes it again. */
  open: (config: Config) => Promise<Warehouse>;
};

/** The machine the doctor runs on. */
export function thisMachine({ now, open }: MachineDeps): Machine {
  return {
    nodeVersion: process.versions.node,
    port: (at) => measurePort(at, fetch),
    dataDir: measureDataDir,
    holder: findHolder,
    clock: () => measureClock(now, () => performance.now()),
    memory: (limits) => {
      const memory = machineMemory();
      const configured = configuredLimits(limits, usableMemoryBytes(memory), availableParallelism());
      const engineBytes = configured.engineMemoryBytes;
      return { ...memory, engineBytes, engineIsAuto: limits.memoryBytes === 'auto' };
    },
    openFiles: measureOpenFiles,
    platform: measurePlatform,
    engine: (config) => tryEngine(config, open),
    server: async (config) => {
      const { database, cluster } = config.clickhouse;
      const probe = `coldburn_doctor_${randomUUID().replaceAll('-', '')}`;
      const warehouse = await open(config);
      try {
        return await measureServer(warehouse, { database, cluster, probe, now });
      } finally {
        await warehouse.close();
      }
    },
  };
}

async function findHolder(dataDir: string): Promise<string | null> {
  try {
    await refuseIfHeld(dataDir);
    return null;
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
}

/** Starts the engine in a directory of its own, so that a running Coldburn and its data are left alone. */
async function tryEngine(config: Config, open: MachineDeps['open']): Promise<EngineFacts> {
  const dataDir = await mkdtemp(join(tmpdir(), 'coldburn-doctor-'));
  try {
    const warehouse = await open({ ...config, dataDir });
    try {
      return { kind: 'answers', version: await serverVersion(warehouse) };
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', reason: reason.split('\n')[0] ?? reason };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
