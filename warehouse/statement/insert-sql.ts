import type { SegmentFile } from '../warehouse.js';
import { quoteIdentifier } from './sql-text.js';

/** The start of an insert: the table (`db.table` allowed) and its columns, quoted. */
export function insertHead({ table, columns }: SegmentFile): string {
  const target = table.split('.').map(quoteIdentifier).join('.');
  return `INSERT INTO ${target} (${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})`;
}

/** The columns as ClickHouse declares them, for reading a headerless file. */
export function insertStructure({ columns }: Pick<SegmentFile, 'columns'>): string {
  return columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`).join(', ');
}
