import { z } from 'zod';
import { neverMerges } from '../../../warehouse/backup/never-merges.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { CONCURRENCY, COUNTS, DEPTHS, LEVELS_TABLE } from './levels-sql.js';
import { callRows, rhythmParams, sumRows } from './rows-sql.js';
import { spansOfRuns } from './spans-sql.js';

/**
 * The way of made rows into the store. What is put into `history__runs`, `history__timed` and `history__calls` is kept
 * nowhere: views hand it on to twins of `invocations` and `spans`, which keep nothing either but have the views of the real
 * table, asked the same question. So sums are made by the very statements that make them of telemetry, once for a whole
 * day instead of once for each insert of some seconds. Latencies are apart, because they cost more than all other sums.
 */
const twins = [
  { table: 'invocations', twin: 'history__invocations', latency: false },
  { table: 'invocations', twin: 'history__latencies', latency: true },
  { table: 'spans', twin: 'history__spans', latency: false },
] as const;

/** Rows themselves wait in tables of the same form, and are moved over as partitions. */
const waiting = [
  { table: 'invocations', rows: 'history__invocation_rows' },
  { table: 'spans', rows: 'history__span_rows' },
] as const;

const ERRORS = `
  SELECT tenant, environment, function, started_at + toIntervalNanosecond(duration_ns) AS at, error_fingerprint AS fingerprint,
    error_type AS type, splitByChar('\\n', titles)[cause] AS title, splitByChar('\\n', culprits)[cause] AS culprit,
    error_message AS message, concat(error_type, ': ', error_message, '\\n    at handler (/var/task/index.js:41:11)') AS stack,
    version, true AS escaped, 'span' AS source, trace_id, span_id, received_at
  FROM history__runs
  WHERE is_told AND outcome = 'error' AND error_fingerprint != 0`;

// Settling would look at all of it; these runs are as they should be.
const VIEWS = `
  SELECT v.name AS name, v.as_select AS question, extract(v.create_table_query, ' TO ([^ (]+)') AS target
  FROM
  (
    SELECT arrayJoin(dependencies_table) AS dependent FROM system.tables
    WHERE database = {database: String} AND name = {table: String}
  ) AS d
  INNER JOIN system.tables AS v ON v.name = d.dependent
  WHERE v.database = {database: String} AND NOT startsWith(v.name, 'settle_') AND NOT startsWith(v.name, 'history__')
    AND startsWith(v.name, 'latency') = {latency: Bool}
  ORDER BY name`;
const View = z.object({
  name: z.string().regex(/^\w+$/),
  question: z.string(),
  target: z.string().regex(/^[\w.]+$/),
});

const SHARED = `
  SELECT name FROM system.columns WHERE database = {database: String} AND table = {from: String}
    AND name IN (SELECT name FROM system.columns WHERE database = {database: String} AND table = {table: String})
  ORDER BY position`;
const Name = z.object({ name: z.string().regex(/^\w+$/) });

const LEFT = `
  SELECT name FROM system.tables
  WHERE database = {database: String} AND startsWith(name, 'history__') ORDER BY engine != 'MaterializedView', name`;

const PARTITIONS = `
  SELECT DISTINCT partition_id AS id FROM system.parts
  WHERE database = {database: String} AND table = {table: String} AND active AND rows > 0 ORDER BY id`;
const Partition = z.object({ id: z.string().regex(/^\w+$/) });

/** For statements that only ask for the form of the rows. */
const noPlaces = {
  tenant: '',
  seed: 0,
  fromMinute: 0,
  toMinute: 0,
  sinceMinute: 0,
  places: '',
  ...rhythmParams,
};

export async function openHistoryTables(
  warehouse: Warehouse,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  const create = async (sql: string) => {
    signal.throwIfAborted();
    await warehouse.command(sql, noPlaces);
  };
  const viewTo = (name: string, target: string, question: string) =>
    create(`CREATE MATERIALIZED VIEW IF NOT EXISTS ${name} TO ${target} AS ${question}`);
  await create(`CREATE TABLE IF NOT EXISTS history__runs ENGINE = Null EMPTY AS ${sumRows}`);
  await create(`CREATE TABLE IF NOT EXISTS history__calls ENGINE = Null EMPTY AS ${callRows}`);
  await warehouse.command(LEVELS_TABLE);
  await create('CREATE TABLE IF NOT EXISTS history__timed AS history__runs');
  for (const { table, rows } of waiting) {
    await create(`CREATE TABLE IF NOT EXISTS ${rows} AS ${table}`);
    // A token is known for as long as its part is.
    await create(`ALTER TABLE ${rows} MODIFY SETTING ${neverMerges}`);
  }
  for (const { table, twin, latency } of twins) {
    await create(`CREATE TABLE IF NOT EXISTS ${twin} AS ${table} ENGINE = Null`);
    for (const view of await warehouse.query(VIEWS, { database, table, latency }, View)) {
      const question = view.question.replace(`FROM ${database}.${table}`, `FROM ${database}.${twin}`);
      await viewTo(`history__of_${view.name}`, view.target, question);
    }
  }
  const columns = await sharedColumns(warehouse, database, 'history__runs');
  const toldIn = (table: string) => `SELECT ${columns.join(', ')} FROM ${table} WHERE is_told`;
  await viewTo('history__to_runs', 'history__invocations', toldIn('history__runs'));
  await viewTo('history__to_timed', 'history__latencies', toldIn('history__timed'));
  await viewTo('history__to_errors', 'span_errors', ERRORS);
  await viewTo('history__to_counts', 'provider_counts', COUNTS);
  await viewTo('history__to_depths', 'queue_depths', DEPTHS);
  await viewTo('history__to_concurrency', 'concurrency_1m', CONCURRENCY);
  await viewTo('history__to_spans', 'history__spans', spansOfRuns);
  await viewTo('history__to_span_rows', 'history__span_rows', 'SELECT * FROM history__spans');
}

/** Those columns of `invocations` that another table has too. */
async function sharedColumns(warehouse: Warehouse, database: string, from: string): Promise<string[]> {
  const rows = await warehouse.query(SHARED, { database, from, table: 'invocations' }, Name);
  return rows.map(({ name }) => name);
}

/** Moves what has been made so far to where it is seen. */
export async function moveHistoryRows(warehouse: Warehouse, database: string): Promise<void> {
  for (const { table, rows } of waiting)
    for (const { id } of await warehouse.query(PARTITIONS, { database, table: rows }, Partition))
      await warehouse.command(`ALTER TABLE ${rows} MOVE PARTITION ID '${id}' TO TABLE ${table}`);
}

export async function dropHistoryTables(warehouse: Warehouse, database: string): Promise<void> {
  for (const { name } of await warehouse.query(LEFT, { database }, Name))
    await warehouse.command(`DROP TABLE IF EXISTS ${name} SYNC`);
}
