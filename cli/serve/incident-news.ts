import type { LiveNews } from '../../query/live/live-hub.js';
import type { Tenant } from '../../schemas/access.js';

/** What open pages are told when incidents have changed. */
export function incidentNews(tenant: Tenant, at: Date): LiveNews {
  return { tenant, kind: 'inserted', tables: ['incident_events'], at };
}
