import { Buffer } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { decodeBody, decodeHeader, decodeNote, type Frame, headerBytes } from './frame.js';

/** The whole frame that begins at `at`, null when there is none. */
export async function readFrame(
  log: FileHandle,
  at: number,
  size: number,
): Promise<(Frame & { end: number }) | null> {
  const header = decodeHeader(await readAt(log, at, headerBytes));
  if (header === null) return null;
  const bodyBytes = header.noteBytes + header.payloadBytes;
  // Lengths of a torn header may be anything: look at the file before making room for them.
  if (at + headerBytes + bodyBytes > size) return null;
  const body = decodeBody(header, await readAt(log, at + headerBytes, bodyBytes));
  return body === null ? null : { ...body, end: at + headerBytes + bodyBytes };
}

/**
 * The marks in a log, without reading its rows: a frame with another behind it was synced before that one was begun, so
 * only the last can be torn and has to prove itself.
 */
export async function readMarks(path: string): Promise<Buffer[]> {
  const log = await open(path, 'r');
  const found: Buffer[] = [];
  try {
    const { size } = await log.stat();
    let place = await locate(log, 0, size);
    while (place !== null) {
      const next = await locate(log, place.end, size);
      if (next !== null) found.push(await readAt(log, place.end - place.marksBytes, place.marksBytes));
      else found.push((await readFrame(log, place.start, size))?.marks ?? Buffer.alloc(0));
      place = next;
    }
  } finally {
    await log.close();
  }
  return found;
}

type Place = { start: number; end: number; marksBytes: number };

async function locate(log: FileHandle, start: number, size: number): Promise<Place | null> {
  const header = decodeHeader(await readAt(log, start, headerBytes));
  if (header === null) return null;
  const bodyStart = start + headerBytes;
  const end = bodyStart + header.noteBytes + header.payloadBytes;
  if (end > size) return null;
  const note = decodeNote(await readAt(log, bodyStart, header.noteBytes));
  if (note === null || note.marksBytes > header.payloadBytes) return null;
  return { start, end, marksBytes: note.marksBytes };
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
