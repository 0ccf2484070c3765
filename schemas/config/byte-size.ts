import { z } from 'zod';

/** Longest first within each family, so that printing picks the largest unit that divides evenly. */
const bytesPerUnit = {
  TiB: 2 ** 40,
  GiB: 2 ** 30,
  MiB: 2 ** 20,
  KiB: 2 ** 10,
  TB: 1e12,
  GB: 1e9,
  MB: 1e6,
  kB: 1e3,
  KB: 1e3,
  B: 1,
} as const;
const pattern = /^(\d+(?:\.\d+)?) ?(TiB|GiB|MiB|KiB|TB|GB|MB|kB|KB|B)?$/;
const binaryUnits = ['TiB', 'GiB', 'MiB', 'KiB'] as const;

/** "64 MiB" to 67108864; without a unit it is bytes; null when it is not a size. */
export function parseByteSize(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const unit = z.enum(Object.keys(bytesPerUnit) as (keyof typeof bytesPerUnit)[]).parse(match[2] ?? 'B');
  return Math.round(Number(match[1]) * bytesPerUnit[unit]);
}

/** The shortest text that parseByteSize reads back as exactly this number. */
export function formatByteSize(bytes: number): string {
  const unit = binaryUnits.find((name) => bytes > 0 && bytes % bytesPerUnit[name] === 0);
  return unit === undefined ? `${bytes} B` : `${bytes / bytesPerUnit[unit]} ${unit}`;
}

/** For people: at most one decimal, never for reading back. */
export function roughByteSize(bytes: number): string {
  const unit = binaryUnits.find((name) => bytes >= bytesPerUnit[name]);
  if (unit === undefined) return `${Math.round(bytes)} B`;
  const amount = bytes / bytesPerUnit[unit];
  return `${amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10} ${unit}`;
}

const expected =
  'must be a size such as "64 MiB" (B, KiB, MiB, GiB, TiB, kB, MB, GB or TB), or a number of bytes';

/** A size in the file: a number of bytes, or a text with a unit; bytes in the program. */
export function byteSize({ atLeast }: { atLeast: number }) {
  return z
    .union([z.int(), z.string().regex(pattern, { error: expected })], { error: expected })
    .transform((given) => (typeof given === 'number' ? given : (parseByteSize(given) ?? Number.NaN)))
    .pipe(
      z
        .int({ error: 'must be fewer bytes than a computer can count' })
        .min(atLeast, { error: `must be at least ${formatByteSize(atLeast)}` }),
    );
}
