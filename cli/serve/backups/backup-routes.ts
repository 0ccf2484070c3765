import { type Access, defaultTenant } from '../../../schemas/access.js';
import { BackupRun, BackupRuns } from '../../../schemas/backup-run.js';
import { Problem, ProblemError } from '../../../schemas/problem.js';
import type { ZodPlugin } from '../../../schemas/zod-http.js';
import type { BackupBook } from './backup-book.js';

/** Asking the running server for a backup. It holds every tenant's rows, so only whoever runs the installation may. */
export function backupRoutes(book: BackupBook): ZodPlugin {
  return async (app) => {
    app.post(
      '/api/v1/backups',
      {
        config: { needs: 'admin', summary: 'Begin a backup of all tenants, or show the one under way' },
        schema: { response: { 202: BackupRun, 403: Problem } },
      },
      async ({ access }, reply) => {
        requireOwner(access);
        return reply.code(202).send(book.begin());
      },
    );
    app.get(
      '/api/v1/backups',
      {
        config: { needs: 'admin', summary: 'Backups asked for since the server started' },
        schema: { response: { 200: BackupRuns, 403: Problem } },
      },
      async ({ access }) => {
        requireOwner(access);
        return { backups: book.list() };
      },
    );
  };
}

function requireOwner({ tenant }: Access): void {
  if (tenant === defaultTenant) return;
  throw new ProblemError(
    'FORBIDDEN',
    `A backup holds the rows of every tenant, so it takes an admin key of the tenant "${defaultTenant}"; this one is of "${tenant}".`,
  );
}
