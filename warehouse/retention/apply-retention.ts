import { z } from 'zod';
import type { Retention } from '../../schemas/retention.js';
import { acquireLease, type LeaseDeps, whileHeld } from '../migrate/lease/lease.js';
import { schemaLease } from '../migrate/migrate.js';
import { onCluster, type Target } from '../migrate/render/target.js';
import type { Warehouse } from '../warehouse.js';
import { type TableTtl, tableTtls } from './table-ttl.js';

const READ = `
  SELECT name, engine_full FROM system.tables
  WHERE database = {database: String} AND name IN {tables: Array(String)}`;

/** Both sides are compared as the engine itself writes them. */
const FORMAT = `
  SELECT arrayMap(ttl -> formatQuerySingleLine(concat('SELECT ', ttl)), {ttls: Array(String)}) AS formatted`;

const Row = z.object({ name: z.string(), engine_full: z.string() });
const Formatted = z.object({ formatted: z.array(z.string()) });

export type RetentionChange = { table: string; from: string; to: string };

/**
 * Gives every table the TTL the configuration asks for, and says what changed. A table that has it already costs
 * nothing, so every start may call this; of several processes one works. Rows are not rewritten: the engine reads the
 * columns the TTL is made of once more, and then drops by merging in the background, within some hours.
 */
export async function applyRetention(
  warehouse: Warehouse,
  retention: Retention,
  target: Target,
  deps: Omit<LeaseDeps, 'subject'>,
): Promise<RetentionChange[]> {
  if ((await missing(warehouse, retention, target)).length === 0) return [];
  const leaseDeps = { ...deps, subject: schemaLease };
  const lease = await acquireLease(warehouse, target, leaseDeps);
  const changes: RetentionChange[] = [];
  try {
    await whileHeld(lease, leaseDeps, async () => {
      for (const change of await missing(warehouse, retention, target)) {
        await lease.renew();
        await apply(warehouse, change, target);
        changes.push({ table: change.wanted.table, from: change.current, to: change.wanted.ttl });
      }
    });
  } finally {
    // A lease that cannot be given back runs out by itself.
    await lease.release().catch(() => undefined);
  }
  return changes;
}

type Missing = { wanted: TableTtl; storage: string; current: string };

async function missing(warehouse: Warehouse, retention: Retention, target: Target): Promise<Missing[]> {
  const wanted = tableTtls(retention);
  const storageOf = (table: string) => (target.kind === 'cluster' ? `${table}_local` : table);
  const tables = wanted.map(({ table }) => storageOf(table));
  const rows = await warehouse.query(READ, { database: target.database, tables }, Row);
  const engines = new Map(rows.map(({ name, engine_full }) => [name, engine_full]));
  const present = wanted.flatMap((one) => {
    const engine = engines.get(storageOf(one.table));
    return engine === undefined ? [] : [{ wanted: one, storage: storageOf(one.table), engine }];
  });
  const currents = present.map(({ engine }) => / TTL (.*?)(?: SETTINGS |$)/.exec(engine)?.[1] ?? '');
  const ttls = [...currents.map((ttl) => ttl || 'NULL'), ...present.map((one) => one.wanted.ttl)];
  const [{ formatted } = { formatted: [] }] = await warehouse.query(FORMAT, { ttls }, Formatted);
  return present.flatMap(({ wanted: one, storage, engine }, index) => {
    const sameTtl = formatted[index] === formatted[present.length + index];
    const dropsWholeParts = /ttl_only_drop_parts = (?:1|true)\b/.test(engine);
    if (sameTtl && dropsWholeParts === one.dropsWholeParts) return [];
    return [{ wanted: one, storage, current: currents[index] ?? '' }];
  });
}

/**
 * The settings come first: with them the change of the TTL, which is one step of the engine together with bringing the
 * parts up to date, reads a few columns instead of rewriting all. Without that, a part would go by the rule it was
 * written under, and raising the retention could still lose it.
 */
async function apply(warehouse: Warehouse, { wanted, storage }: Missing, target: Target): Promise<void> {
  const table = `${target.database}.${storage}${onCluster(target)}`;
  const wholeParts = wanted.dropsWholeParts ? 1 : 0;
  await warehouse.command(
    `ALTER TABLE ${table} MODIFY SETTING ttl_only_drop_parts = ${wholeParts}, materialize_ttl_recalculate_only = 1`,
  );
  await warehouse.command(
    `ALTER TABLE ${table} MODIFY TTL ${wanted.ttl} SETTINGS materialize_ttl_after_modify = 1`,
  );
}
