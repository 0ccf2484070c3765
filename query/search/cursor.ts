import { Buffer } from 'node:buffer';
import { z } from 'zod';

const nanos = z.string().regex(/^\d{1,20}$/);

/**
 * Where a list, newest first, goes on: the window as it was for the first page, and the last row shown. Rows are ordered by
 * time and then by a tie that tells rows of one instant apart, so new rows neither push a row onto two pages nor off both.
 */
const Cursor = z.strictObject({
  fromMs: z.number().int(),
  toMs: z.number().int(),
  /** Nothing newer than this, and at this instant only ties below `tie`. */
  atNs: nanos,
  tie: nanos,
});
export type Cursor = z.infer<typeof Cursor>;

export function printCursor({ fromMs, toMs, atNs, tie }: Cursor): string {
  return Buffer.from(JSON.stringify([fromMs, toMs, atNs, tie])).toString('base64url');
}

/** Null when the text is none that printCursor wrote. */
export function parseCursor(text: string): Cursor | null {
  try {
    const parts = z
      .tuple([z.number().int(), z.number().int(), nanos, nanos])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    const [fromMs, toMs, atNs, tie] = parts;
    return Cursor.parse({ fromMs, toMs, atNs, tie });
  } catch {
    return null;
  }
}
