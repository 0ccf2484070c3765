import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { BodyShare } from './body-budget.js';
import { OtlpRefusal, tooManyBodies } from './otlp-refusal.js';

/** How much of a body that is refused anyway is read and thrown away, so that its sender gets to see the answer. */
const discardFactor = 2;

/**
 * Reads a body whole, whether its length was announced or not, and holds no more than `maxBytes` of it. `into` has room for
 * what was announced, where Node ends a body; without it the body gets a buffer of its own.
 */
export function readBody(
  stream: Readable,
  announcedBytes: number | null,
  maxBytes: number,
  share: BodyShare,
  into: Buffer | null,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = (refusal: OtlpRefusal): void => {
      chunks = [];
      refused = refusal;
    };
    let chunks: Buffer[] = [];
    let seenBytes = 0;
    let refused: OtlpRefusal | null = null;
    let ended = false;
    if (announcedBytes !== null && announcedBytes > maxBytes) {
      refuse(tooLarge(maxBytes));
      if (announcedBytes > maxBytes * discardFactor) {
        reject(tooLarge(maxBytes));
        return;
      }
    }
    stream.on('data', (chunk: Buffer) => {
      seenBytes += chunk.length;
      if (refused === null) {
        if (seenBytes > maxBytes) refuse(tooLarge(maxBytes));
        else if (!share.take(chunk.length)) refuse(tooManyBodies());
        else if (into === null) chunks.push(chunk);
        else chunk.copy(into, seenBytes - chunk.length);
      } else if (seenBytes > maxBytes * discardFactor) reject(refused);
    });
    stream.on('end', () => {
      ended = true;
      if (refused !== null) reject(refused);
      else if (into !== null) resolve(into.subarray(0, seenBytes));
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    const cutOff = (): void => {
      if (ended) return;
      // What might still come must not be written where the next body is read to.
      refuse(new OtlpRefusal('hung-up', 'The connection ended before the body did'));
      reject(refused);
    };
    stream.on('error', cutOff);
    stream.on('close', cutOff);
  });
}

export function tooLarge(maxBytes: number): OtlpRefusal {
  return new OtlpRefusal('too-large', `The body is larger than ${maxBytes} bytes; send smaller batches`, {
    connection: 'close',
  });
}
