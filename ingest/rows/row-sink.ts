import type { ByteWriter } from '../wire/byte-writer.js';

/** Where the rows of one table go. */
export type RowSink = { readonly writer: ByteWriter; rows: number };
