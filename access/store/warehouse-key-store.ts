import { z } from 'zod';
import { Role, Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { KeyEvent, KeyEventStore } from '../keys/key-event.js';

// Every tenant's keys: this runs before anybody is known, and decides which tenant a caller belongs to.
const READ = `
  SELECT tenant, key_id, event, role, name, secret_sha256, actor, toUnixTimestamp64Milli(at) AS at_ms
  FROM api_keys`;

const APPEND = `
  INSERT INTO api_keys (tenant, key_id, event, role, name, secret_sha256, actor, at)
  SELECT {tenant: String}, {keyId: String}, {event: String}, {role: String}, {name: String},
         {secretSha256: String}, {actor: String}, {at: DateTime64(3, 'UTC')}`;

const common = {
  tenant: Tenant,
  key_id: z.string(),
  actor: z.string(),
  at_ms: z.coerce.number().int(),
};
const Row = z.discriminatedUnion('event', [
  z.object({
    ...common,
    event: z.literal('created'),
    role: Role,
    name: z.string(),
    secret_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.object({ ...common, event: z.literal('revoked') }),
]);

/** Key events in the warehouse's `api_keys` table. */
export function warehouseKeyStore(warehouse: Warehouse): KeyEventStore {
  return {
    read: async () => (await warehouse.query(READ, {}, Row, { lane: 'lookups' })).map(toEvent),
    append: async (event) => {
      const created = event.kind === 'created' ? event : { role: '', name: '', secretSha256: '' };
      await warehouse.command(APPEND, {
        tenant: event.tenant,
        keyId: event.keyId,
        event: event.kind,
        role: created.role,
        name: created.name,
        secretSha256: created.secretSha256,
        actor: event.actor,
        at: event.at,
      });
    },
  };
}

function toEvent(row: z.infer<typeof Row>): KeyEvent {
  const { tenant, key_id: keyId, actor } = row;
  const at = new Date(row.at_ms);
  if (row.event === 'revoked') return { kind: 'revoked', tenant, keyId, actor, at };
  const { role, name, secret_sha256: secretSha256 } = row;
  return { kind: 'created', tenant, keyId, actor, at, role, name, secretSha256 };
}
