import { type RunAloneDeps, runAlone } from '../warehouse/migrate/lease/run-alone.js';
import type { SettleStats } from './settle-stats.js';
import { createSettler, type SettlerDeps } from './settler.js';

export type SettlingDeps = Omit<SettlerDeps, 'mayWrite'> & Omit<RunAloneDeps, 'subject'>;

export type Settling = { stats: () => SettleStats; stop: () => Promise<void> };

const subject = { prefix: 'settle_lease_', doing: 'settling' } as const;

/** Settles for as long as it is not stopped, and as long as no other process does. */
export function startSettling(deps: SettlingDeps): Settling {
  const { turn, stop } = runAlone({ ...deps, subject }, (mayWrite) => {
    const settler = createSettler({ ...deps, mayWrite });
    const tick = async (signal: AbortSignal) => {
      await settler.tick(signal);
      return false;
    };
    return { ...settler, tick };
  });
  return { stats: turn.stats, stop };
}
