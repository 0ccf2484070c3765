import { statfs } from 'node:fs/promises';
import type { Config } from '../../schemas/config/config.js';
import { createDiskGuard, type DiskGuard, type DiskGuardDeps } from '../../warehouse/disk/disk-guard.js';
import type { DiskReading } from '../../warehouse/disk/disk-reading.js';
import { type DiskThresholds, defaultDiskThresholds } from '../../warehouse/disk/disk-thresholds.js';
import { readFolders } from '../../warehouse/disk/read-folders.js';
import { readServerDisks } from '../../warehouse/disk/read-server-disks.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

/** At full speed ingest writes tens of megabytes a second, so the limit must be noticed within seconds. */
const lookEveryMs = 5_000;

/** The guard's limits from the configuration. */
export function diskThresholds({
  warnFreeRatio,
  stopFreeRatio,
  stopFreeBytes,
}: Config['disk']): DiskThresholds {
  const { warn, full, recoverRatio } = defaultDiskThresholds;
  return {
    warn: {
      ratio: warnFreeRatio,
      minBytes: Math.max(warn.minBytes, stopFreeBytes),
      maxBytes: Math.max(warn.maxBytes, stopFreeBytes),
    },
    full: { ratio: stopFreeRatio, minBytes: stopFreeBytes, maxBytes: Math.max(full.maxBytes, stopFreeBytes) },
    recoverRatio,
  };
}

export type WatchDiskOptions = {
  config: Config;
  warehouse: Warehouse;
  onChange: DiskGuardDeps['onChange'];
};

/** Looks at the disks now and then every few seconds, until stopped. */
export async function watchDisk({ config, warehouse, onChange }: WatchDiskOptions): Promise<{
  guard: DiskGuard;
  stop: () => void;
}> {
  const folder = [{ name: 'data', path: config.dataDir }];
  const readDisks = async (): Promise<DiskReading[]> => {
    const own = await readFolders(folder, statfs);
    if (warehouse.mode === 'embedded') return own;
    return [...own, ...(await readServerDisks(warehouse, config.clickhouse.cluster))];
  };
  const guard = createDiskGuard({ readDisks, thresholds: diskThresholds(config.disk), onChange });
  await guard.check();
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    guard.check().finally(() => {
      isLooking = false;
    });
  }, lookEveryMs);
  timer.unref();
  return { guard, stop: () => clearInterval(timer) };
}
