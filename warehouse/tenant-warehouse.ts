import type { Tenant } from '../schemas/access.js';
import { placeholders } from './statement/placeholders.js';
import type { TenantParams, TenantSql, TenantWarehouse, Warehouse } from './warehouse.js';
import { WarehouseError } from './warehouse-error.js';

/**
 * The reading door of one tenant. The compiler already asks for the placeholder in constant SQL; it is checked again
 * here, since a placeholder inside a comment or a literal would satisfy the compiler and bind nothing.
 */
export function tenantWarehouse(warehouse: Warehouse, tenant: Tenant): TenantWarehouse {
  const bind = (sql: TenantSql, params: TenantParams) => {
    if (!placeholders(sql).has('tenant')) throw refused('reads without the {tenant: String} placeholder');
    if ('tenant' in params) throw refused('brings a tenant of its own');
    return { ...params, tenant };
  };
  return {
    tenant,
    query: async (sql, params, row, options) => warehouse.query(sql, bind(sql, params), row, options),
    stream: (sql, params, row, options) => warehouse.stream(sql, bind(sql, params), row, options),
  };
}

function refused(what: string): WarehouseError {
  return new WarehouseError('bad-query', `A tenant's statement ${what}; it was not run`);
}
