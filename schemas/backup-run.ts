import { z } from 'zod';

/** One backup that this process was asked for, since it started. */
export const BackupRun = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    directory: z.string().meta({ description: 'On the machine of the server' }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    tables: z.number().int().nonnegative().meta({ description: 'Tables written so far' }),
    files: z.number().int().nonnegative(),
    rows: z.number().int().nonnegative(),
    error: z.string().nullable().meta({ description: 'Why it failed, in a sentence' }),
  })
  .meta({ id: 'BackupRun' });
export type BackupRun = z.infer<typeof BackupRun>;

export const BackupRuns = z
  .object({ backups: z.array(BackupRun).meta({ description: 'The latest first' }) })
  .meta({ id: 'BackupRuns' });
