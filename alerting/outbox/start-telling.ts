import cron from 'node-cron';
import { type RunAloneDeps, runAlone } from '../../warehouse/migrate/lease/run-alone.js';
import { createTellJob, type TellDeps, type TellStats } from './tell-job.js';

export type TellRunDeps = Omit<TellDeps, 'mayWrite' | 'nowMs' | 'warn'> &
  Omit<RunAloneDeps, 'subject' | 'everyMs'>;

export type Telling = { stats: () => TellStats; stop: () => Promise<void> };

const subject = { prefix: 'notices_lease_', doing: 'telling people of incidents in' } as const;
/** How soon something that happened is planned; a look that finds nothing new costs one small question. */
const everyMs = 2_000;

/** Plans and delivers notices for as long as it is not stopped, and as long as no other process does. */
export function startTelling(deps: TellRunDeps): Telling {
  const { turn, stop } = runAlone({ ...deps, subject, everyMs }, (mayWrite) =>
    createTellJob({
      ...deps,
      mayWrite,
      nowMs: () => deps.now().getTime(),
      warn: (fields, sentence) => deps.log.warn(fields, sentence),
    }),
  );
  // Whether a report is due is worked out from the clock and from what was sent, so a minute that is missed misses nothing.
  const reports = cron.schedule('* * * * *', () => turn.wakeReports(), { suppressMissedWarning: true });
  return {
    stats: turn.stats,
    stop: async () => {
      await reports.destroy();
      await stop();
      await turn.idle();
    },
  };
}
