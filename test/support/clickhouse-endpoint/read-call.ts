import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

/** What a client asked: its statement, the data after it if it is an insert, and everything beside it in the URL. */
export type Call = {
  sql: string;
  format: string;
  sort: 'insert' | 'query' | 'command';
  /** The rows of an insert whose statement is in the URL. */
  data: Readable | null;
  database: string;
  queryId: string;
  settings: [string, string][];
  waitForEnd: boolean;
  compressAnswer: boolean;
  cancelOnClose: boolean;
};

/** URL parameters of the HTTP interface itself; the rest are settings and `param_…` values. */
const ownNames = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'wait_end_of_query',
  'enable_http_compression',
  'cancel_http_readonly_queries_on_client_close',
  'role',
]);

export async function readCall(request: IncomingMessage): Promise<Call> {
  const search = new URL(request.url ?? '/', 'http://endpoint').searchParams;
  const body: Readable =
    request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  // The request ends the body's life; without this its end by force would be an unhandled error of the gunzip.
  if (body !== request) request.on('error', () => body.destroy());
  const inUrl = search.get('query');
  const statement = (inUrl ?? (await text(body))).trim();
  const match = /\s+FORMAT\s+(\w+)\s*;?\s*$/i.exec(statement);
  const readOnly = Number(search.get('readonly') ?? '0') > 0;
  const sort = sortOf(statement);
  return {
    sql: match === null ? statement : statement.slice(0, match.index),
    format: match?.[1] ?? search.get('default_format') ?? 'TabSeparated',
    sort,
    data: sort === 'insert' && inUrl !== null ? body : null,
    database: search.get('database') ?? 'default',
    queryId: search.get('query_id') ?? 'unnamed',
    settings: [...search].filter(([name]) => !ownNames.has(name)),
    waitForEnd: search.get('wait_end_of_query') === '1',
    compressAnswer:
      search.get('enable_http_compression') === '1' &&
      /gzip/.test(String(request.headers['accept-encoding'])),
    cancelOnClose: readOnly && search.get('cancel_http_readonly_queries_on_client_close') === '1',
  };
}

function sortOf(sql: string): Call['sort'] {
  if (/^insert\b/i.test(sql)) return 'insert';
  return /^(select|with|show|describe|explain|exists)\b/i.test(sql) ? 'query' : 'command';
}
