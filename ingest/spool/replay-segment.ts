import { Buffer } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { SegmentTable } from './closed-segment.js';
import { readFrame } from './read-frame.js';
import { logPath, rowsPath } from './segment-files.js';
import { writeFully } from './write-fully.js';

export type Replayed = {
  tables: readonly SegmentTable[];
  tenants: ReadonlySet<string>;
  marks: readonly Uint8Array[];
};

/**
 * Reads a log up to its torn end and makes the row files from it. Every acknowledged commit is a whole frame; what comes
 * behind the last whole frame was never acknowledged, so the sender has it still.
 */
export async function replaySegment(directory: string, id: string): Promise<Replayed> {
  const log = await open(logPath(directory, id), 'r');
  const files = new Map<string, { handle: FileHandle; counted: SegmentTable }>();
  const tenants = new Set<string>();
  const marks: Uint8Array[] = [];
  let logBytes = 0;
  try {
    const { size } = await log.stat();
    for (;;) {
      const frame = await readFrame(log, logBytes, size);
      if (frame === null) break;
      logBytes = frame.end;
      for (const tenant of frame.note.tenants) tenants.add(tenant);
      // A copy, because the frame's buffer holds all its rows.
      if (frame.marks.length > 0) marks.push(Uint8Array.from(frame.marks));
      for (const [index, { table, rows }] of frame.note.tables.entries()) {
        let file = files.get(table);
        if (file === undefined) {
          file = {
            handle: await open(rowsPath(directory, id, table), 'w'),
            counted: { table, rows: 0, bytes: 0 },
          };
          files.set(table, file);
        }
        file.counted.rows += rows;
        file.counted.bytes += await writeFully(
          file.handle,
          [frame.payloads[index] ?? Buffer.alloc(0)],
          file.counted.bytes,
        );
      }
    }
  } finally {
    await log.close();
    for (const { handle } of files.values()) await handle.close();
  }
  return { tables: [...files.values()].map(({ counted }) => counted), tenants, marks };
}
