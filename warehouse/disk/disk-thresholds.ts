import { z } from 'zod';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/**
 * How little may be free: a share of the disk, but never less than `minBytes` (a part being merged must fit) and never
 * more than `maxBytes` (5 % of 10 TB is no emergency).
 */
export const FreeLimit = z
  .object({
    ratio: z.number().min(0).max(0.9),
    minBytes: z.number().int().nonnegative(),
    maxBytes: z.number().int().nonnegative(),
  })
  .refine(({ minBytes, maxBytes }) => minBytes <= maxBytes, 'minBytes must not be above maxBytes');
export type FreeLimit = z.infer<typeof FreeLimit>;

export const DiskThresholds = z.object({
  warn: FreeLimit.default({ ratio: 0.15, minBytes: 512 * MiB, maxBytes: 32 * GiB }),
  full: FreeLimit.default({ ratio: 0.05, minBytes: 256 * MiB, maxBytes: 8 * GiB }),
  /** A state is left only when this share more than its limit is free, so that it does not flap at the edge. */
  recoverRatio: z.number().min(0).max(10).default(0.2),
});
export type DiskThresholds = z.infer<typeof DiskThresholds>;

export const defaultDiskThresholds: DiskThresholds = DiskThresholds.parse({});

/** The free bytes below which a disk of this size has reached the limit. */
export function limitBytes(totalBytes: number, { ratio, minBytes, maxBytes }: FreeLimit): number {
  return Math.min(Math.max(totalBytes * ratio, minBytes), maxBytes);
}
