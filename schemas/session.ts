import { z } from 'zod';
import { Role, Tenant } from './access.js';

export const SignIn = z
  .strictObject({ key: z.string().min(1).max(200).meta({ description: 'An API key: cbk_…' }) })
  .meta({ id: 'SignIn' });

/** Who the browser is signed in as. `open` means the installation has no keys and asks nobody. */
export const Session = z
  .object({ tenant: Tenant, role: Role, mode: z.enum(['open', 'key']) })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
