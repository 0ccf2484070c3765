import { z } from 'zod';
import { readFigures } from '../../../warehouse/backup/read-figures.js';
import { listStoredTables } from '../../../warehouse/backup/stored-table.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';

const INVOCATIONS = `
  INSERT INTO {database: Identifier}.invocations (tenant, environment, function, started_at, duration_ns, outcome, version, invocation_id,
    event_age_ms, product, tags, weight, received_at, revision, sign)
  SELECT if(number % 3 = 0, 'acme', 'other'), 'prod', concat('f', toString(number % 7)),
    now64(9) - toIntervalMinute(number % 9000), number, if(number % 10 = 0, 'error', 'ok'),
    toString(number % 4), toString(number), if(number % 2 = 0, NULL, number), 'shop', map('k', toString(number)), 1.5,
    now64(3), {revision: UInt16}, {sign: Int8}
  FROM numbers({offset: UInt64}, {count: UInt64})`;

const SPANS = `
  INSERT INTO {database: Identifier}.spans (tenant, name, started_at, duration_ns, trace_id, span_id, attribute_keys, attribute_values, events)
  SELECT 'acme', 'GET /', now64(9) - toIntervalSecond(number), number, unhex(leftPad(hex(number), 32, '0')),
    unhex(leftPad(hex(number), 16, '0')), '["a"]', '["it''s"]', [(now64(9), 'x', map('y', 'z'))]
  FROM numbers({offset: UInt64}, {count: UInt64})`;

const RESOURCES = `
  INSERT INTO {database: Identifier}.resources SELECT 'acme', number % 5, today(), map('service.name', 'shop') FROM numbers({count: UInt64})`;

const POINTS = `
  INSERT INTO {database: Identifier}.metric_points (tenant, metric, kind, at, value, bounds)
  SELECT 'acme', 'm', 'gauge', now64(9) - toIntervalSecond(number), if(number % 2 = 0, NULL, number / 3), [1.5]
  FROM numbers({count: UInt64})`;

const ERRORS = `
  INSERT INTO {database: Identifier}.span_errors (tenant, function, at, fingerprint, type, title)
  SELECT 'acme', concat('f', toString(number % 40)), now64(9) - toIntervalSecond(number), number % 3, 'TypeError', 'TypeError: x'
  FROM numbers({count: UInt64})`;

const KEY = `
  INSERT INTO {database: Identifier}.api_keys (tenant, key_id, event, role, name, secret_sha256, actor, at)
  VALUES ('acme', 'k1', 'created', 'admin', 'ops', '00', 'cli', now64(3))`;

// What people and the ledger write: of each table the columns that tell its rows apart.
const STATE = [
  `slo_versions (tenant, slo, version, event, definition, at) VALUES ('acme', 'checkout', 1, 'put', '{}', now64(3))`,
  `slo_corrections (tenant, correction, at, event, definition) VALUES ('acme', 'c1', now64(3), 'put', '{}')`,
  `slo_ledger_1m (tenant, slo, shape, minute, good, total, computed_ms) SELECT 'acme', 'checkout', 's', now() - toIntervalMinute(number), number, number + 1, 5 FROM numbers(900)`,
  `slo_ledger_1h (tenant, slo, shape, hour, good, total, computed_ms) SELECT 'acme', 'checkout', 's', now() - toIntervalHour(number), number, number + 1, 5 FROM numbers(90)`,
  `slo_ledger_1d (tenant, slo, shape, day, good, total, computed_ms) SELECT 'acme', 'checkout', 's', now() - toIntervalDay(number), number, number + 1, 5 FROM numbers(9)`,
  `incident_events (tenant, incident, sequence, event_id, kind, at, appended_at, body) SELECT 'acme', 'i1', number, toString(number), 'fired', now64(3), now64(3), '{}' FROM numbers(9)`,
  `notices (tenant, thread, sequence, notice, event, at, receiver, body) SELECT 'acme', 't', number, toString(number), 'planned', now64(3), 'pager', '{}' FROM numbers(9)`,
  `silences (tenant, silence, event, at, author, match) VALUES ('acme', 's1', 'made', now64(3), 'ada', '{}')`,
  `deployments (tenant, deployment_id, recorded_at, event, function, version, at) VALUES ('acme', 'd1', now64(3), 'posted', 'f1', '7', now64(3))`,
] as const;

/** Rows in tables of every engine there is: plain, collapsing with corrections, summed and collected by views, replacing. */
export async function fillTables(warehouse: Warehouse, database: string, count: number): Promise<void> {
  const all = { database, offset: 0, count };
  await warehouse.command(INVOCATIONS, { ...all, revision: 0, sign: 1 });
  // A correction of some: the row as it was, taken back, and the next revision.
  await warehouse.command(INVOCATIONS, { ...all, count: Math.floor(count / 10), revision: 1, sign: 1 });
  await warehouse.command(SPANS, all);
  for (const part of [1, 2]) await warehouse.command(RESOURCES, { database, count: part * 10 });
  await warehouse.command(POINTS, { database, count: 1000 });
  await warehouse.command(ERRORS, { database, count: 500 });
  await warehouse.command(KEY, { database });
  for (const rows of STATE)
    await warehouse.command(`INSERT INTO {database: Identifier}.${rows}`, { database });
}

const OWN = `
  SELECT name FROM system.tables
  WHERE database = {database: String} AND (startsWith(name, 'backup__') OR startsWith(name, 'restore__'))`;

/** The figures of every table that holds rows, after all merges. */
export async function allFigures(warehouse: Warehouse, database: string): Promise<Record<string, string>> {
  const question = { database, partition: null, isMerged: true };
  const figures: Record<string, string> = {};
  for (const like of await listStoredTables(warehouse, database)) {
    const { rows, hash } = await readFigures(warehouse, { ...question, table: like.name, like });
    if (rows > 0) figures[like.name] = `${rows} rows, ${hash}`;
  }
  return figures;
}

/** Tables that a backup or a restore made for itself and should have taken away. */
export async function leftovers(warehouse: Warehouse, database: string): Promise<string[]> {
  return (await warehouse.query(OWN, { database }, z.object({ name: z.string() }))).map(({ name }) => name);
}
