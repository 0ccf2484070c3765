import { randomUUID } from 'node:crypto';
import { type LoggedNotice, readNoticeLog } from '../../../alerting/outbox/read-notices.js';
import { type Tenant, Tenant as TenantName } from '../../../schemas/access.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { Notice } from '../../../schemas/alerting/notice.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import type { Recorded } from '../../support/recording-server.js';
import { eventOf, startMs } from '../routing/support.js';
import { type World, worldOn } from './telling-harness.js';

export type TenantWorld = {
  world: World;
  tenant: Tenant;
  event: (
    id: string,
    sequence: number,
    kind: IncidentEvent['kind'],
    given?: Partial<IncidentEvent>,
  ) => IncidentEvent;
  log: () => Promise<LoggedNotice[]>;
};

/** Each test has a tenant of its own on the one engine. */
export function tenantOn(warehouse: Warehouse): TenantWorld {
  const world = worldOn(warehouse, startMs);
  const tenant = TenantName.parse(`t${randomUUID().slice(0, 8)}`);
  const all = { from: new Date(0), to: new Date(Date.UTC(2100, 0)), receivers: [], thread: null, kind: null };
  return {
    world,
    tenant,
    event: (id, sequence, kind, given = {}) =>
      eventOf({ ...given, tenant, incidentId: `${tenant}-${id}`, sequence, kind, atMs: world.nowMs }),
    log: () => readNoticeLog(warehouse.forTenant(tenant), { ...all, incident: null, limit: 1000 }),
  };
}

export const webhook = (url: string, given: object = {}) => ({
  waitMs: 0,
  to: ['hook'],
  routes: [],
  receivers: [{ name: 'hook', kind: 'webhook', url, ...given }],
});

/** Only what is about this test: the others' incidents are told as well. */
export function keysOf(requests: readonly Recorded[], tenant: Tenant): string[] {
  return requests.flatMap(({ body }) => {
    const notice = Notice.parse(JSON.parse(body));
    return notice.tenant === tenant ? [`${notice.kind} ${notice.id}`] : [];
  });
}
