const bytesPerMb = 1024 * 1024;
/** No function platform sells less memory than 64 kB, none more than 64 GB: a smaller number can only be megabytes. */
const smallestBytes = 65_536;

/** An amount of memory. The convention says integer bytes; the Lambda extension sends megabytes as text. 0 is unknown. */
export function memoryBytes(value: number | null): number {
  if (value === null || value <= 0) return 0;
  return Math.round(value < smallestBytes ? value * bytesPerMb : value);
}
