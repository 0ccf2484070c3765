/** What the ledger says of itself. */
export type LedgerStats = {
  lastTickAtMs: number | null;
  lastTickMs: number;
  failures: number;
  /** Minutes written, of all objectives. */
  entries: number;
  objectives: number;
  /** Objectives whose history is still being filled. */
  filling: number;
};
