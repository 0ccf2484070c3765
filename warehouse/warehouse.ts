import type { z } from 'zod';
import type { Tenant } from '../schemas/access.js';

/** Values for `{name: Type}` placeholders. A Date becomes a UTC DateTime64 literal with milliseconds. */
export type ParamValue = string | number | bigint | boolean | Date | null | readonly ParamValue[];
export type Params = { readonly [name: string]: ParamValue };

/** Limits of one statement; what is left out comes from the configuration. */
export type StatementOptions = {
  /** Aborting stops the statement inside the engine, not just the waiting for it. */
  signal?: AbortSignal;
  timeoutMs?: number;
  memoryBytes?: number;
  /** Shows up in the engine's process list and in errors; made up when absent. */
  queryId?: string;
  /** `lookups` is for small reads others wait on, such as keys and leases; dashboards cannot hold it up. */
  lane?: 'queries' | 'lookups';
  /**
   * Of an `INSERT … SELECT` given to `command`: the engine takes it once for each token, materialized views included.
   * It must read the same rows in the same order each time, and few enough (under a million) to make one block.
   */
  onceToken?: string;
};

/** A file of ready rows for one table, in the engine's own binary row format. */
export type SegmentFile = {
  table: string;
  /** Names and types exactly as the table declares them, in the order the bytes have them. */
  columns: readonly { name: string; type: string }[];
  path: string;
  /** How the file is packed; left out, it is not. */
  compression?: 'gzip';
  /** The engine stores each token once, so a segment sent again after a crash changes nothing. */
  token: string;
};

/** Where rows are to be written: a file of the engine's own binary row format, packed with gzip. */
export type ExportFile = {
  path: string;
  /** Names and types of what the statement answers. */
  columns: SegmentFile['columns'];
};

/**
 * SQL that cannot read another tenant's rows by oversight: it does not compile without the `{tenant: String}`
 * placeholder, and the placeholder's value is bound by the TenantWarehouse, never by the caller.
 */
export type TenantSql = `${string}{tenant: String}${string}`;
export type TenantParams = Params & { readonly tenant?: never };

/** The reading door of one tenant: all that routes ever hold. */
export interface TenantWarehouse {
  readonly tenant: Tenant;
  query<Row>(
    sql: TenantSql,
    params: TenantParams,
    row: z.ZodType<Row>,
    options?: StatementOptions,
  ): Promise<Row[]>;
  stream<Row>(
    sql: TenantSql,
    params: TenantParams,
    row: z.ZodType<Row>,
    options?: StatementOptions,
  ): AsyncIterable<Row>;
}

/** The one door to ClickHouse. Two implementations stand behind it: the embedded engine, and a server over HTTP. */
export interface Warehouse {
  readonly mode: 'embedded' | 'server';
  /** Reads all rows of a bounded answer. */
  query<Row>(sql: string, params: Params, row: z.ZodType<Row>, options?: StatementOptions): Promise<Row[]>;
  /** Reads rows as they come; memory stays flat however many there are. Leaving the loop early stops the query. */
  stream<Row>(
    sql: string,
    params: Params,
    row: z.ZodType<Row>,
    options?: StatementOptions,
  ): AsyncIterable<Row>;
  /** Stores a segment once, and answers when the engine has it. */
  insertSegment(segment: SegmentFile, options?: StatementOptions): Promise<void>;
  /**
   * Writes the rows of a SELECT to a file, and answers how many the engine says there are in it; null where it does not
   * say. Nothing of the rows passes through this process's memory as a whole.
   */
  exportRows(
    sql: string,
    params: Params,
    file: ExportFile,
    options?: StatementOptions,
  ): Promise<number | null>;
  /** Runs a statement that answers nothing: DDL, and the small inserts of state events. */
  command(sql: string, params?: Params, options?: StatementOptions): Promise<void>;
  forTenant(tenant: Tenant): TenantWarehouse;
  close(): Promise<void>;
}
