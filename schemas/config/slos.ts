import { z } from 'zod';
import { duration } from './duration.js';

/** Where objectives come from, and how closely their ledger follows. */
export const Slos = z.strictObject({
  directory: z
    .string({ error: 'must be text' })
    .min(1, { error: 'must not be empty' })
    .prefault('./slos')
    .describe('Directory of SLO files (*.yaml, *.yml), read again when they change. None is needed.'),
  tenant: z
    .string({ error: 'must be text' })
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be the name of a tenant' })
    .prefault('default')
    .describe('Tenant whose objectives the files are.'),
  everyMs: duration({ atLeastMs: 1_000, atMostMs: 10 * 60_000 })
    .prefault('10s')
    .describe('How often the ledger of objectives takes in what came.'),
});
