import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CostSettings } from '../../../schemas/config/cost.js';
import type { CostRules } from '../../../schemas/cost/rules.js';
import type { TenantWarehouse, Warehouse } from '../../../warehouse/warehouse.js';
import { diffRules, type RuleBook } from './diff-rules.js';

const LAST = `SELECT hash FROM cost_rules ORDER BY at DESC LIMIT 1`;
const APPEND = `
  INSERT INTO cost_rules (at, hash, rules, program)
  SELECT {at: DateTime64(3, 'UTC')}, {hash: String}, {rules: String}, {program: String}`;
const ALL = `
  SELECT toString(at) AS at, hash, rules, program FROM cost_rules
  WHERE {tenant: String} != '' ORDER BY at DESC LIMIT {limit: UInt32}` as const;

const mostVersions = 200;
const Hash = z.object({ hash: z.string() });
const Rule = z.record(z.string(), z.unknown());
const Book = z.partialRecord(
  z.enum(['shared', 'rates', 'exchange', 'functions', 'provisioned', 'budgets', 'units', 'telemetry']),
  z.array(Rule),
);
const Version = z.object({ at: z.string(), hash: z.string(), rules: z.string(), program: z.string() });

/** Writes down which rules a server runs with, when they are others than before. Answers whether it knew others. */
export async function recordRules(
  warehouse: Warehouse,
  settings: CostSettings,
  { at, program }: { at: Date; program: string },
): Promise<boolean> {
  const { shared, rates, exchange, functions, provisioned, budgets, units, telemetry } = settings;
  const book = { shared, rates, exchange, functions, provisioned, budgets, units, telemetry: [telemetry] };
  const rules = JSON.stringify(book);
  const hash = createHash('sha256').update(rules).digest('hex');
  const [last] = await warehouse.query(LAST, {}, Hash, { lane: 'lookups' });
  if (last?.hash === hash) return false;
  await warehouse.command(APPEND, { at, hash, rules, program });
  return last !== undefined;
}

/** Every version of the rules with what changed, newest first. */
export async function readRules(warehouse: TenantWarehouse): Promise<CostRules> {
  const versions = await warehouse.query(ALL, { limit: mostVersions + 1 }, Version);
  const books: RuleBook[] = versions.map(({ rules }) => Book.parse(JSON.parse(rules)));
  return {
    versions: versions.slice(0, mostVersions).map(({ at, hash, program }, index) => ({
      at: `${at.replace(' ', 'T')}Z`,
      hash,
      program,
      changes: diffRules(books[index + 1] ?? {}, books[index] ?? {}),
    })),
  };
}
