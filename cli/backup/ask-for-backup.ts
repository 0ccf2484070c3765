import { setTimeout as delay } from 'node:timers/promises';
import { type ApiTarget, callApi } from '../../http/call-api.js';
import { BackupRun, BackupRuns } from '../../schemas/backup-run.js';
import { ProblemError } from '../../schemas/problem.js';
import { StartupError } from '../../schemas/startup-error.js';

const pollMs = 500;

/** Has a running server write a backup into its own directory, and waits for its end. */
export async function askForBackup(
  target: ApiTarget,
  onProgress: (run: BackupRun) => void,
  signal: AbortSignal,
): Promise<BackupRun> {
  const { id } = await callApi(target, { method: 'POST', path: 'backups' }, BackupRun).catch(
    (error: unknown) => {
      throw error instanceof ProblemError && error.code === 'NOT_FOUND' ? notOffered(target.url) : error;
    },
  );
  for (;;) {
    const { backups } = await callApi(target, { method: 'GET', path: 'backups' }, BackupRuns);
    const run = backups.find((one) => one.id === id);
    if (run === undefined)
      throw new ProblemError('UNAVAILABLE', `The server was started anew while it wrote the backup ${id}.`);
    if (run.state !== 'running') return run;
    onProgress(run);
    await delay(pollMs, undefined, { signal });
  }
}

/** Without the setting the endpoint does not exist at all. */
function notOffered(url: string): StartupError {
  return new StartupError(
    `The server at ${url} writes no backups: set backup.directory in its configuration and start it again, or stop it and use --to.`,
  );
}
