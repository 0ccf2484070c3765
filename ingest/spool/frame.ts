import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

/** "CBW1" in the byte order of the file. */
const magic = 0x31574243;
export const headerBytes = 16;

/** What one commit added to each table, in the order of the payloads that follow. */
export const FrameNote = z.object({
  tables: z.array(
    z.object({
      table: z.string(),
      rows: z.number().int().nonnegative(),
      bytes: z.number().int().nonnegative(),
    }),
  ),
  tenants: z.array(z.string()),
  /** Marks of the requests the rows came with, behind the rows. */
  marksBytes: z.number().int().nonnegative().default(0),
});
export type FrameNote = z.infer<typeof FrameNote>;

/**
 * The bytes of one commit, ready for one `writev`:
 * magic u32, note length u32, payload length u32, CRC-32 of note and payloads u32, note (JSON), payloads.
 */
export function encodeFrame(note: FrameNote, payloads: readonly Uint8Array[]): Uint8Array[] {
  const noteBytes = Buffer.from(JSON.stringify(note));
  let checksum = crc32(noteBytes);
  let payloadBytes = 0;
  for (const payload of payloads) {
    checksum = crc32(payload, checksum);
    payloadBytes += payload.length;
  }
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(noteBytes.length, 4);
  header.writeUInt32LE(payloadBytes, 8);
  header.writeUInt32LE(checksum, 12);
  return [header, noteBytes, ...payloads];
}

export type FrameHeader = { noteBytes: number; payloadBytes: number; checksum: number };

/** Null when these bytes do not start a frame: the torn end of a write that nobody was told had happened. */
export function decodeHeader(header: Buffer): FrameHeader | null {
  if (header.length < headerBytes || header.readUInt32LE(0) !== magic) return null;
  return {
    noteBytes: header.readUInt32LE(4),
    payloadBytes: header.readUInt32LE(8),
    checksum: header.readUInt32LE(12),
  };
}

export type Frame = { note: FrameNote; payloads: Buffer[]; marks: Buffer };

/** A whole frame, null when it does not match its checksum. */
export function decodeBody(header: FrameHeader, body: Buffer): Frame | null {
  if (body.length !== header.noteBytes + header.payloadBytes || crc32(body) !== header.checksum) return null;
  const note = decodeNote(body.subarray(0, header.noteBytes));
  if (note === null) return null;
  const payloads: Buffer[] = [];
  let at = header.noteBytes;
  for (const { bytes } of note.tables) {
    payloads.push(body.subarray(at, at + bytes));
    at += bytes;
  }
  const marks = body.subarray(at);
  return marks.length === note.marksBytes ? { note, payloads, marks } : null;
}

export function decodeNote(bytes: Buffer): FrameNote | null {
  const note = FrameNote.safeParse(parseJson(bytes.toString()));
  return note.success ? note.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
