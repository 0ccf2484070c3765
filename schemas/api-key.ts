import { z } from 'zod';
import { Role, Tenant } from './access.js';

/** Names are for people: who or what holds the key. */
const KeyName = z
  .string()
  .trim()
  .min(1, 'a key needs a name that says who holds it')
  .max(100, 'a key name has at most 100 characters');

/** A key as an admin sees it. The secret is not in it: only its hash is stored, and that stays inside. */
export const ApiKey = z
  .object({
    keyId: z.string(),
    tenant: Tenant,
    name: z.string(),
    role: Role,
    // Coerced, because the same schema reads the answer back from JSON.
    createdAt: z.coerce.date(),
    createdBy: z.string().meta({ description: 'The key id that created it, "cli" or "open"' }),
    revokedAt: z.coerce.date().nullable(),
    lastUsedAt: z.coerce
      .date()
      .nullable()
      .meta({ description: 'As this process saw it since it started; null when it did not' }),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

export const NewApiKey = z
  .strictObject({ name: KeyName, role: Role, tenant: Tenant.optional() })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const CreatedApiKey = z
  .object({ key: ApiKey, secret: z.string().meta({ description: 'The key to send; shown this once' }) })
  .meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const ApiKeys = z.object({ keys: z.array(ApiKey) }).meta({ id: 'ApiKeys' });
export type ApiKeys = z.infer<typeof ApiKeys>;
