import type { Access } from '../../schemas/access.js';
import type { BusinessSettings } from '../../schemas/config/business.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from '../cost/cost-deps.js';

/** What routes that only read are given. */
export type ReadDeps = {
  now: () => Date;
  openTenant: (access: Access) => TenantWarehouse;
  /** Prices; without them nothing is said of cost. */
  costs?: CostDeps;
  /** What runs are worth; without it nothing is said of what failures cost. */
  business?: BusinessSettings;
};
