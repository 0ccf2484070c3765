import { z } from 'zod';
import type { Warehouse } from '../../warehouse.js';
import { onCluster, type Target } from '../render/target.js';
import type { LeaseSeen } from './lease-decision.js';

const listSql = `
  SELECT name, comment FROM system.tables
  WHERE database = {database: String} AND startsWith(name, {prefix: String})`;

/** What only one process may do at a time. */
export type LeaseSubject = {
  /** Of the tables that stand for its holders. */
  prefix:
    | 'schema_migrations_lease_'
    | 'settle_lease_'
    | 'slo_ledger_lease_'
    | 'alerting_lease_'
    | 'notices_lease_';
  /** Completes "Another coldburn is …". */
  doing: string;
};

const Row = z.object({ name: z.string(), comment: z.string() });

/** Who holds a lease; goes into SQL as it is, so it is kept to harmless letters. */
const LeaseHolder = z.string().regex(/^[A-Za-z0-9._:@/-]{1,200}$/);

/** Every lease table there is, the one that decides first. */
export async function listLeases(
  warehouse: Warehouse,
  { database }: Target,
  { prefix }: LeaseSubject,
): Promise<LeaseSeen[]> {
  const rows = await warehouse.query(listSql, { database, prefix }, Row);
  return rows
    .flatMap(({ name, comment }) => {
      const generation = Number(name.slice(prefix.length));
      const [, holder = null, beat = '0'] = /^held by (\S+) beat (\d+)$/.exec(comment) ?? [];
      return Number.isSafeInteger(generation) ? [{ generation, holder, beat: Number(beat) }] : [];
    })
    .sort((a, b) => b.generation - a.generation);
}

/** Fails when the table is there already: that failure is the lock. */
export async function createLease(
  warehouse: Warehouse,
  target: Target,
  subject: LeaseSubject,
  lease: LeaseSeen,
): Promise<void> {
  const table = leaseTable(target, subject, lease.generation);
  await warehouse.command(`CREATE TABLE ${table} (unused UInt8) ENGINE = Null COMMENT '${comment(lease)}'`);
}

export async function updateLease(
  warehouse: Warehouse,
  target: Target,
  subject: LeaseSubject,
  lease: LeaseSeen,
): Promise<void> {
  const table = leaseTable(target, subject, lease.generation);
  await warehouse.command(`ALTER TABLE ${table} MODIFY COMMENT '${comment(lease)}'`);
}

export async function dropLease(
  warehouse: Warehouse,
  target: Target,
  subject: LeaseSubject,
  generation: number,
): Promise<void> {
  await warehouse.command(`DROP TABLE IF EXISTS ${leaseTable(target, subject, generation)}`);
}

function leaseTable(target: Target, { prefix }: LeaseSubject, generation: number): string {
  return `${target.database}.${prefix}${generation}${onCluster(target)}`;
}

function comment({ holder, beat }: LeaseSeen): string {
  return holder === null ? 'released' : `held by ${LeaseHolder.parse(holder)} beat ${beat}`;
}
