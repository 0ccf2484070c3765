import { z } from 'zod';
import { quoteIdentifier } from '../statement/sql-text.js';
import type { Warehouse } from '../warehouse.js';
import type { Figures } from './manifest.js';
import type { StoredColumn, StoredTable } from './stored-table.js';

/** Hours: the whole table is read once. */
const timeoutMs = 12 * 3_600_000;

const Row = z.object({ rows: z.coerce.number().int(), hash: z.string() });

export type FiguresQuestion = {
  database: string;
  /** The table to read; `like` says what it is made of. */
  table: string;
  like: StoredTable;
  /** Only this partition; null reads all. */
  partition: string | null;
  /**
   * False counts rows as they lie on the disk, for tables that never merge. True reads what they come to after all
   * merges, whatever has been merged so far.
   */
  isMerged: boolean;
};

/** What a table holds, as two numbers. */
export async function readFigures(warehouse: Warehouse, question: FiguresQuestion): Promise<Figures> {
  const params = { partition: question.partition };
  const [row] = await warehouse.query(figuresSql(question), params, Row, { timeoutMs });
  if (row === undefined) throw new Error(`No figures were answered for ${question.table}`);
  return row;
}

function figuresSql({ database, table, like, isMerged }: FiguresQuestion): string {
  const isSummed = isMerged && like.engine !== 'MergeTree';
  const hashed = like.columns.flatMap((column) => hashedColumn(column, isSummed));
  const merged = isSummed ? 'FINAL' : '';
  return `
    SELECT count() AS rows, toString(sum(cityHash64(${hashed.join(', ')}))) AS hash
    FROM ${quoteIdentifier(database)}.${quoteIdentifier(table)} ${merged}
    WHERE {partition: Nullable(String)} IS NULL OR _partition_id = {partition: Nullable(String)}
    SETTINGS do_not_merge_across_partitions_select_final = 1`;
}

function hashedColumn({ name, type, isKey }: StoredColumn, isSummed: boolean): string[] {
  const column = quoteIdentifier(name);
  // The hash of nothing would be nothing, and the row would not count at all; inside a list it does.
  if (type.startsWith('Nullable(') || type.startsWith('LowCardinality(Nullable(')) return [`[${column}]`];
  if (type.startsWith('AggregateFunction(')) return [`finalizeAggregation(${column})`];
  // The order of what is collected is that of a hash table, and each insert makes it anew.
  if (/^SimpleAggregateFunction\(groupUniqArray/.test(type)) return [`arraySort(${column})`];
  // Which of several rows is kept depends on which were merged first.
  if (isSummed && /^SimpleAggregateFunction\(any/.test(type)) return [];
  // A sum of floats depends on the order of its parts in the last digit.
  if (isSummed && !isKey && /Float(32|64)/.test(type)) return [];
  return [column];
}
