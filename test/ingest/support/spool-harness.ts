import { readFile } from 'node:fs/promises';
import type { RequestMark } from '../../../ingest/duplicates/request-mark.js';
import { Spool } from '../../../ingest/spool/spool.js';
import type { InsertedNote, SpoolDeps, SpoolLimits } from '../../../ingest/spool/spool-types.js';
import { waitMs } from '../../../ingest/spool/wait-ms.js';
import type { SegmentFile } from '../../../warehouse/warehouse.js';
import { silentLog } from './running-ingest.js';

/** Two tables whose rows are single bytes: what is in which segment can be read off. */
const tables = [
  { table: 'a', columns: [{ name: 'x', type: 'UInt8' }] },
  { table: 'b', columns: [{ name: 'x', type: 'UInt8' }] },
];

export type Inserted = { table: string; token: string; rows: number[] };

/** An engine that keeps what it is given, each token once, as ClickHouse does. */
export function recordingEngine() {
  const taken = new Map<string, Inserted>();
  const insert = async ({ table, token, path }: SegmentFile): Promise<void> => {
    if (!taken.has(token)) taken.set(token, { table, token, rows: [...(await readFile(path))] });
  };
  const rows = (table: string): number[] =>
    [...taken.values()].filter((one) => one.table === table).flatMap((one) => one.rows);
  return { insert, taken, rows };
}

let ids = 0;

export async function openSpool(
  directory: string,
  insert: SpoolDeps['insert'],
  changes: Partial<Omit<SpoolDeps, 'limits'>> & { limits?: Partial<SpoolLimits> } = {},
): Promise<{ spool: Spool; notes: InsertedNote[] }> {
  const notes: InsertedNote[] = [];
  const { limits, ...rest } = changes;
  const spool = await Spool.open({
    directory,
    tables,
    limits: {
      insertEveryMs: 20,
      commitEveryMs: 0,
      segmentMaxBytes: 1_000_000,
      quotaBytes: 1_000_000,
      pendingMaxBytes: 1_000_000,
      ...limits,
    },
    marks: { body: { keepMs: 600_000, maxKeys: 10_000 }, delivery: { keepMs: 600_000, maxKeys: 10_000 } },
    onMarksFound: () => undefined,
    insert,
    nowMs: () => performance.timeOrigin + performance.now(),
    random: () => 0,
    newId: () => `spool${ids++}`,
    wait: waitMs,
    onInserted: (note) => notes.push(note),
    recordMs: () => undefined,
    log: silentLog,
    ...rest,
  });
  return { spool, notes };
}

/** Adds rows to both tables, as a request does. */
export function send(
  spool: Spool,
  a: readonly number[],
  b: readonly number[] = [],
  tenant = 'default',
  mark: RequestMark | null = null,
) {
  return spool.write(
    tenant,
    (sinks) => {
      for (const [index, values] of [a, b].entries()) {
        const sink = sinks[index];
        if (sink === undefined) continue;
        for (const value of values) sink.writer.u8(value);
        sink.rows += values.length;
      }
      return a.length + b.length;
    },
    mark,
  );
}
