import type { Tenant } from '../../schemas/access.js';
import type { Warehouse } from '../../warehouse/warehouse.js';

const POST = `
  INSERT INTO deployments
    (tenant, deployment_id, recorded_at, event, actor, author, reason,
     function, environment, version, region, at, until, source, commit, url, notes)
  SELECT {tenant: String}, {id: String}, {recordedAt: DateTime64(3, 'UTC')}, 'posted', {actor: String},
    {author: String}, '', {function: String}, {environment: String}, {version: String}, {region: String},
    {at: DateTime64(3, 'UTC')}, {until: Nullable(DateTime64(3, 'UTC'))}, {source: String}, {commit: String},
    {url: String}, {notes: String}`;

const DELETE = `
  INSERT INTO deployments (tenant, deployment_id, recorded_at, event, actor, author, reason, at, source)
  SELECT {tenant: String}, {id: String}, {recordedAt: DateTime64(3, 'UTC')}, 'deleted', {actor: String},
    {author: String}, {reason: String}, {recordedAt: DateTime64(3, 'UTC')}, 'api'`;

type Recorded = { id: string; recordedAt: Date; actor: string; author: string };

export type PostedEvent = Recorded & {
  function: string;
  environment: string;
  version: string;
  region: string;
  at: Date;
  until: Date | null;
  source: 'api' | 'cli';
  commit: string;
  url: string;
  notes: string;
};

export type DeletedEvent = Recorded & { reason: string };

/** The one writer of deployments, for one tenant. Events only; what they come to is read, never stored. */
export type DeploymentLog = {
  post: (event: PostedEvent) => Promise<void>;
  delete: (event: DeletedEvent) => Promise<void>;
};

export function deploymentLog(warehouse: Pick<Warehouse, 'command'>, tenant: Tenant): DeploymentLog {
  return {
    post: (event) => warehouse.command(POST, { ...event, tenant }),
    delete: (event) => warehouse.command(DELETE, { ...event, tenant }),
  };
}
