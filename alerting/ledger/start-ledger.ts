import { type RunAloneDeps, runAlone } from '../../warehouse/migrate/lease/run-alone.js';
import { createLedgerJob, type LedgerDeps } from './ledger-job.js';
import type { LedgerStats } from './ledger-stats.js';

export type LedgerRunDeps = Omit<LedgerDeps, 'mayWrite'> & Omit<RunAloneDeps, 'subject'>;

export type Ledger = { stats: () => LedgerStats; stop: () => Promise<void> };

const subject = { prefix: 'slo_ledger_lease_', doing: 'keeping the ledger of objectives' } as const;

/** Keeps the ledger for as long as it is not stopped, and as long as no other process does. */
export function startLedger(deps: LedgerRunDeps): Ledger {
  const { turn, stop } = runAlone({ ...deps, subject }, (mayWrite) => createLedgerJob({ ...deps, mayWrite }));
  return { stats: turn.stats, stop };
}
