import { z } from 'zod';

/** Names that go into SQL and into paths as they are. */
export const TableName = z.string().regex(/^[A-Za-z_]\w{0,100}$/, 'must be a plain name of a table');
const Column = z.object({ name: z.string(), type: z.string() });

/**
 * What a table holds: the number of rows as they lie on the disk, and the sum of a hash of each. Two tables with the same
 * figures hold the same rows, in whatever order and parts.
 */
export const Figures = z.object({ rows: z.number().int().nonnegative(), hash: z.string().regex(/^\d+$/) });
export type Figures = z.infer<typeof Figures>;

export const BackupFile = z.object({
  /** Inside the backup. */
  path: z.string().regex(/^\w+\/\d{6}\.bin\.gz$/),
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupFile = z.infer<typeof BackupFile>;

export const BackupTable = z.object({
  name: TableName,
  columns: z.array(Column).min(1),
  figures: Figures,
  files: z.array(BackupFile),
});
export type BackupTable = z.infer<typeof BackupTable>;

/** `manifest.json`, written last: a directory without it is no finished backup. */
export const Manifest = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  program: z.string(),
  schemaVersion: z.number().int().nonnegative(),
  createdAt: z.iso.datetime(),
  tables: z.array(BackupTable),
});
export type Manifest = z.infer<typeof Manifest>;
