import { Buffer } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { SegmentTable } from './closed-segment.js';
import { decodeBody, decodeHeader, headerBytes } from './frame.js';
import { logPath, rowsPath } from './segment-files.js';
import { writeFully } from './write-fully.js';

export type Replayed = { tables: readonly SegmentTable[]; tenants: ReadonlySet<string> };

/**
 * Reads a log up to its torn end and makes the row files from it. Every acknowledged commit is a whole frame; what comes
 * behind the last whole frame was never acknowledged, so the sender has it still.
 */
export async function replaySegment(directory: string, id: string): Promise<Replayed> {
  const log = await open(logPath(directory, id), 'r');
  const files = new Map<string, { handle: FileHandle; counted: SegmentTable }>();
  const tenants = new Set<string>();
  let logBytes = 0;
  try {
    const { size } = await log.stat();
    for (;;) {
      const frame = await readFrame(log, logBytes, size);
      if (frame === null) break;
      logBytes = frame.end;
      for (const tenant of frame.note.tenants) tenants.add(tenant);
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
  return { tables: [...files.values()].map(({ counted }) => counted), tenants };
}

async function readFrame(log: FileHandle, at: number, size: number) {
  const header = decodeHeader(await readAt(log, at, headerBytes));
  if (header === null) return null;
  const bodyBytes = header.noteBytes + header.payloadBytes;
  // Lengths of a torn header may be anything: look at the file before making room for them.
  if (at + headerBytes + bodyBytes > size) return null;
  const body = decodeBody(header, await readAt(log, at + headerBytes, bodyBytes));
  return body === null ? null : { ...body, end: at + headerBytes + bodyBytes };
}

async function readAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  let filled = 0;
  while (filled < count) {
    const { bytesRead } = await file.read(buffer, filled, count - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
