import { type RetainedTable, type Retention, retainedTables } from '../../schemas/retention.js';
import { quoteString } from '../statement/sql-text.js';

/** How one table is to lose its old rows. */
export type TableTtl = {
  table: string;
  /** The TTL expression, in ClickHouse's own words. */
  ttl: string;
  /** Parts go whole, as files. Not where tenants differ: a part holds rows of many, and some of them must go. */
  dropsWholeParts: boolean;
};

/**
 * A resource is dated by its arrival and may be pointed at by spans that come with a clock a day ahead; rounding to
 * days costs another one on each side.
 */
const resourceExtraDays = 3;

/** The rules of every table with retention. */
export function tableTtls(retention: Retention): TableTtl[] {
  const tables = Object.keys(retainedTables).filter(isRetained);
  return [
    ...tables.map((table) => ttlOf(table, retainedTables[table].since, retention, table, 0)),
    ttlOf('resources', 'seen_on', retention, 'spans', resourceExtraDays),
  ];
}

function ttlOf(
  table: string,
  since: string,
  retention: Retention,
  rule: RetainedTable,
  extraDays: number,
): TableTtl {
  const general = retention[rule] + extraDays;
  const different = Object.entries(retention.tenants)
    .map(([tenant, tables]) => ({ tenant, days: (tables[rule] ?? retention[rule]) + extraDays }))
    .filter(({ days }) => days !== general)
    .toSorted((a, b) => (a.tenant < b.tenant ? -1 : 1));
  if (different.length === 0)
    return { table, ttl: `${since} + toIntervalDay(${general})`, dropsWholeParts: true };
  const names = different.map(({ tenant }) => quoteString(tenant)).join(', ');
  const days = different.map((one) => one.days).join(', ');
  return {
    table,
    ttl: `${since} + toIntervalDay(transform(tenant, [${names}], [${days}], ${general}))`,
    dropsWholeParts: false,
  };
}

function isRetained(name: string): name is RetainedTable {
  return Object.hasOwn(retainedTables, name);
}
