import type { Access } from '../../schemas/access.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';

/** What routes that only read are given. */
export type ReadDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
};
