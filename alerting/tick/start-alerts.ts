import cron from 'node-cron';
import { type RunAloneDeps, runAlone } from '../../warehouse/migrate/lease/run-alone.js';
import { type AlertDeps, type AlertStats, createAlertJob } from './alert-job.js';

export type AlertRunDeps = Omit<AlertDeps, 'mayWrite' | 'warn'> &
  Omit<RunAloneDeps, 'subject' | 'everyMs' | 'nextTurn'>;

export type Alerts = { stats: () => AlertStats; stop: () => Promise<void> };

const subject = { prefix: 'alerting_lease_', doing: 'deciding alerts in' } as const;

/** Looks for a minute that is due. How late that is told hangs on it, so it is often; a look that finds none costs little. */
const schedule = '*/10 * * * * *';
const everyMs = 10_000;

/** Decides alerts for as long as it is not stopped, and as long as no other process does. */
export function startAlerts(deps: AlertRunDeps): Alerts {
  const due = new Set<() => void>();
  // What the cron misses, because a turn took long or the machine slept, the next turn makes up for.
  const wakeAll = () => {
    for (const wake of due) wake();
  };
  // Its own warning of that would go past our log.
  const task = cron.schedule(schedule, wakeAll, { suppressMissedWarning: true });
  const nextTurn = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        due.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      due.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  const { turn, stop } = runAlone({ ...deps, subject, everyMs, nextTurn }, (mayWrite) =>
    createAlertJob({ ...deps, mayWrite, warn: (fields, sentence) => deps.log.warn(fields, sentence) }),
  );
  return {
    stats: turn.stats,
    stop: async () => {
      await task.destroy();
      await stop();
    },
  };
}
