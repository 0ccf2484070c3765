import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline as pipe, Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import type { Engine } from '../engine.js';
import { encodeParam } from '../statement/encode-param.js';
import { insertHead } from '../statement/insert-sql.js';
import type { Statement } from '../statement/statement.js';
import type { SegmentFile } from '../warehouse.js';
import type { WarehouseLimits } from '../warehouse-limits.js';
import { rowBinaryHeader } from './row-binary-header.js';

const KILL = `KILL QUERY WHERE Settings['log_comment'] = {queryId: String} ASYNC`;

const HAS_ONCE = `SELECT name FROM system.settings WHERE name = 'deduplicate_insert_select'`;
const countsOnce: ClickHouseSettings = { deduplicate_insert_select: 'force_enable' };

/** A server that does not take a kill within this time will not; another one follows while the statement lives. */
const killPatienceMs = 5000;

export type ServerEngineOptions = {
  url: string;
  user: string;
  password: string;
  database: string;
  limits: WarehouseLimits;
  /** Compresses what is sent; worth it when the server is far away. */
  compressInserts: boolean;
};

/** ClickHouse's HTTP interface. Every call carries its own settings, so nothing is remembered between them. */
export function serverEngine(options: ServerEngineOptions): Engine {
  const client = connect(options);
  const call = (statement: Statement, signal: AbortSignal, extra: ClickHouseSettings) => ({
    query: statement.sql,
    query_id: statement.queryId,
    abort_signal: signal,
    clickhouse_settings: { ...httpSettings(statement), ...extra },
  });
  // Servers before this setting count an INSERT … SELECT with a token once unasked, and refuse settings unknown to them.
  let asked: Promise<boolean> | null = null;
  const asksForOnce = () => {
    asked ??= client
      .query({ query: HAS_ONCE, format: 'JSONEachRow' })
      .then(async (answer) => (await answer.json()).length > 0)
      .catch((error: unknown) => {
        asked = null;
        throw error;
      });
    return asked;
  };
  return {
    mode: 'server',
    read: async (statement, _lane, signal) => {
      const lines: string[] = [];
      // The server holds its answer back until it is whole, so an error always has its own status and code.
      const settings = { ...readOnly, wait_end_of_query: 1 } as const;
      for await (const batch of receive(client, call(statement, signal, settings))) {
        for (const line of batch) lines.push(line);
      }
      return lines;
    },
    stream: (statement, _lane, signal) => receive(client, call(statement, signal, readOnly)),
    run: async (statement, _lane, signal) => {
      const once = statement.onceToken !== null && (await asksForOnce()) ? countsOnce : {};
      await client.command(call(statement, signal, { wait_end_of_query: 1, ...once }));
    },
    insert: async (statement, segment, signal) => {
      const { size } = await stat(segment.path);
      if (size === 0) return;
      const sql = `${insertHead(segment)} FORMAT RowBinaryWithNamesAndTypes`;
      const settings = { wait_end_of_query: 1, insert_deduplication_token: segment.token } as const;
      const body = Readable.from(segmentBytes(segment), { objectMode: false });
      const { stream } = await client.exec({
        ...call({ ...statement, sql }, signal, settings),
        values: body,
      });
      await finished(stream.resume());
    },
    export: async (statement, { path }, signal) => {
      const sql = `${statement.sql} FORMAT RowBinary`;
      // The server holds its answer back until it is whole, so that an error is not written among the rows.
      const { stream, summary } = await client.exec(
        call({ ...statement, sql }, signal, { ...readOnly, wait_end_of_query: 1 }),
      );
      await pipeline(stream, createGzip({ level: 1 }), createWriteStream(path));
      return summary?.result_rows === undefined ? null : Number(summary.result_rows);
    },
    kill: async (queryId) => {
      await client.command({
        query: KILL,
        clickhouse_settings: { param_queryId: encodeParam(queryId) },
        abort_signal: AbortSignal.timeout(killPatienceMs),
      });
    },
    close: () => client.close(),
  };
}

/** `readonly` 2 lets settings through but no change of data; only read-only queries stop when their client leaves. */
const readOnly = { readonly: '2', cancel_http_readonly_queries_on_client_close: 1 } as const;

function connect({
  url,
  user,
  password,
  database,
  limits,
  compressInserts,
}: ServerEngineOptions): ClickHouseClient {
  const widths = Object.values(limits.lanes).reduce((sum, lane) => sum + lane.width, 0);
  return createClient({
    url,
    username: user,
    password,
    database,
    application: 'coldburn',
    // One more than all lanes together, so that a kill never waits for what it kills.
    max_open_connections: widths + 1,
    // The statement's own deadline comes first; this one only ends a call the deadline could not.
    request_timeout:
      Math.max(limits.queryTimeoutMs, limits.insertTimeoutMs, limits.commandTimeoutMs) + 30_000,
    compression: { request: compressInserts, response: true },
    // Problems reach the caller as errors; the client's own console output would repeat them unstructured.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

function httpSettings({ settings, params }: Statement): ClickHouseSettings {
  const merged: ClickHouseSettings = Object.fromEntries(settings);
  // Sent beside the settings rather than through the client's own parameters, which encode values differently.
  for (const [name, value] of params) merged[`param_${name}`] = value;
  return merged;
}

async function* receive(
  client: ClickHouseClient,
  call: Parameters<ClickHouseClient['query']>[0],
): AsyncGenerator<string[], void, undefined> {
  const result = await client.query({ ...call, format: 'JSONEachRow' });
  const stop = () => result.close();
  call.abort_signal?.addEventListener('abort', stop);
  try {
    for await (const rows of result.stream()) yield rows.map((row) => row.text);
  } finally {
    call.abort_signal?.removeEventListener('abort', stop);
    result.close();
  }
}

async function* segmentBytes(segment: SegmentFile): AsyncGenerator<Buffer, void, undefined> {
  yield rowBinaryHeader(segment);
  const file = createReadStream(segment.path, { highWaterMark: 256 * 1024 });
  if (segment.compression === undefined) yield* chunksOf(file);
  // `pipeline` of the callback kind: an error of either stream ends both and reaches the reader.
  else yield* chunksOf(pipe(file, createGunzip({ chunkSize: 256 * 1024 }), () => undefined));
}

async function* chunksOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of stream) yield chunk;
}
