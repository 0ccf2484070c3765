import type { AttributeReader } from './known-keys.js';

const bytesPerMb = 1024 * 1024;
/** No function platform sells less memory than 64 kB, none more than 64 GB: a smaller number can only be megabytes. */
const smallestBytes = 65_536;

/** The configured memory. The convention says integer bytes; the Lambda extension sends megabytes as text. 0 is unknown. */
export function memoryBytes(attributes: AttributeReader): number {
  const value = attributes.number('faas.max_memory');
  if (value === null || value <= 0) return 0;
  const isMb = value < smallestBytes;
  return Math.round(isMb ? value * bytesPerMb : value);
}
