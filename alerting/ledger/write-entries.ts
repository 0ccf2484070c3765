import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RowBytes } from '../../settle/write/row-bytes.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { Entry } from '../evaluate/evaluate.js';
import type { LedgerSlo } from './ledger-slo.js';

const columns = [
  { name: 'tenant', type: 'LowCardinality(String)' },
  { name: 'slo', type: 'LowCardinality(String)' },
  { name: 'shape', type: 'LowCardinality(String)' },
  { name: 'scope', type: 'LowCardinality(String)' },
  { name: 'minute', type: "DateTime('UTC')" },
  { name: 'good', type: 'UInt64' },
  { name: 'total', type: 'UInt64' },
  { name: 'computed_ms', type: 'UInt64' },
] as const;

/** One block of the engine, and a file of some tens of megabytes. */
const mostRows = 500_000;

/** What of the world writing needs. */
export type LedgerFiles = { warehouse: Warehouse; directory: string; newId: () => string };

/** Writes entries; `computedMs` is when their sums were begun to be read, so of two writers the later reader counts. */
export async function writeEntries(
  { warehouse, directory, newId }: LedgerFiles,
  slos: readonly LedgerSlo[],
  entries: readonly Entry[],
  computedMs: number,
): Promise<void> {
  for (let from = 0; from < entries.length; from += mostRows) {
    const token = newId();
    const path = join(directory, `${token}.bin`);
    await writeFile(path, rowsOf(slos, entries.slice(from, from + mostRows), computedMs));
    try {
      await warehouse.insertSegment({ table: 'slo_ledger_1m', columns, path, token });
    } finally {
      await rm(path, { force: true });
    }
  }
}

function rowsOf(slos: readonly LedgerSlo[], entries: readonly Entry[], computedMs: number): Buffer {
  const bytes = new RowBytes();
  for (const { index, scope, minuteMs, good, total } of entries) {
    const slo = slos[index];
    if (slo === undefined) continue;
    bytes.text(slo.tenant);
    bytes.text(slo.definition.id);
    bytes.text(slo.shape);
    bytes.text(scope);
    bytes.u32(minuteMs / 1000);
    bytes.u64(good);
    bytes.u64(total);
    bytes.u64(computedMs);
  }
  return bytes.done();
}
