import { bucketOf, bucketRange } from './bucket.js';

/**
 * The first buckets of at most `rows` rows, evenly spaced on a log scale, that hold every bucket from `lowest` to
 * `highest`. Each row begins where a bucket does, so that counts are never split.
 */
export function heatmapEdges(lowest: number, highest: number, rows: number): number[] {
  const low = Math.max(1, bucketRange(lowest).lowUs);
  const high = bucketRange(highest).highUs;
  const edges = new Set([lowest]);
  for (let row = 1; row < rows; row += 1) {
    const edge = bucketOf(low * (high / low) ** (row / rows));
    if (edge > lowest && edge <= highest) edges.add(edge);
  }
  return [...edges].sort((one, other) => one - other);
}
