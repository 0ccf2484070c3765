import { z } from 'zod';

/**
 * One event of the ledger, which only grows: DDL has no transactions, so what happened is written down step by step.
 * A migration is applied when its `finished` is there; between `started` and `finished` each statement leaves its own.
 */
export const LedgerEntry = z.object({
  version: z.coerce.number().int().positive(),
  name: z.string(),
  event: z.enum(['started', 'statement', 'finished']),
  /** Counts from 1; 0 on the other two events. */
  statement: z.coerce.number().int().nonnegative(),
  /** SHA-256 of the file's text, or on `statement` of the statement as it ran. */
  checksum: z.string(),
  /** The program's version. */
  program: z.string(),
  /** What the schema was rendered for: "single", or "cluster NAME". */
  layout: z.string(),
  at: z.coerce.date(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
