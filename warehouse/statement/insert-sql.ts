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

/**
 * The columns as a headerless file is read. LowCardinality is no matter of the bytes: read as plain texts, whose
 * dictionaries the insert then makes a column at a time, a file takes half the processor time of looking up each value alone.
 */
export function readStructure(segment: Pick<SegmentFile, 'columns'>): string {
  return insertStructure(segment).replaceAll('LowCardinality(String)', 'String');
}
