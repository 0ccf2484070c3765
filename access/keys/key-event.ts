import type { Role, Tenant } from '../../schemas/access.js';

type Common = { tenant: Tenant; keyId: string; actor: string; at: Date };

/** What happened to a key. Events are only ever added, so who created and revoked it stays known. */
export type KeyEvent =
  | (Common & { kind: 'created'; name: string; role: Role; secretSha256: string })
  | (Common & { kind: 'revoked' });

/** Where key events live; the warehouse in production. */
export interface KeyEventStore {
  read(): Promise<KeyEvent[]>;
  append(event: KeyEvent): Promise<void>;
}
