export type Part = { name: string; rows: number; uncompressedBytes: number };
/** Rows [from, to) of one part. */
export type Chunk = { part: string; from: number; to: number };

/** Small enough for the memory of one insert, and for a restore that was interrupted to lose little. */
const defaultChunkBytes = 32 * 1024 ** 2;

/** Cuts parts into chunks of about so many bytes, each within one part, so that its rows are known without reading. */
export function planChunks(parts: readonly Part[], targetBytes = defaultChunkBytes): Chunk[] {
  return parts.flatMap(({ name, rows, uncompressedBytes }) => {
    const rowBytes = Math.max(1, uncompressedBytes / Math.max(1, rows));
    const step = Math.max(1, Math.floor(targetBytes / rowBytes));
    const count = Math.ceil(rows / step);
    return Array.from({ length: count }, (_, index) => ({
      part: name,
      from: index * step,
      to: Math.min(rows, (index + 1) * step),
    }));
  });
}
