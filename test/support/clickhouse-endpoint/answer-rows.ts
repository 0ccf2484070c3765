import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Session } from 'chdb';
import { exceptionTail, messageOf } from './exception.js';
import type { Call } from './read-call.js';

const tag = 'coldburntesttag1';

/** Streams a query's rows, or all at once when asked to wait; stops the engine when its client has gone. */
export async function answerRows(
  session: Session,
  call: Call,
  response: ServerResponse,
  kill: () => Promise<void>,
): Promise<void> {
  let left = false;
  response.on('close', () => {
    left = !response.writableFinished;
    if (left && call.cancelOnClose) void kill();
  });
  head(response, call);
  if (call.waitForEnd) {
    const result = await session.queryAsync(call.sql, { format: call.format });
    write(response, call).end(result.bytes());
    return;
  }
  const chunks = session.queryStream(call.sql, { format: call.format })[Symbol.asyncIterator]();
  // Nothing is sent before the first rows are there, so that most errors still have a status of their own.
  let chunk = await chunks.next();
  const out = write(response, call);
  try {
    while (!chunk.done) {
      // Without a reader the chunks are read on, not cancelled: the driver's cancel blocks the whole process.
      if (!left && !out.write(chunk.value.raw())) await drained(out, response);
      chunk = await chunks.next();
    }
    out.end();
  } catch (thrown) {
    out.end(exceptionTail(messageOf(thrown), tag));
  }
}

/** Waits until the reader has caught up or gone, and leaves no listener behind. */
async function drained(out: Writable, response: ServerResponse): Promise<void> {
  const either = new AbortController();
  const options = { signal: either.signal };
  await Promise.race([once(out, 'drain', options), once(response, 'close', options)]);
  either.abort();
}

function head(response: ServerResponse, call: Call): void {
  response.setHeader('X-ClickHouse-Query-Id', call.queryId);
  response.setHeader('X-ClickHouse-Format', call.format);
  response.setHeader('X-ClickHouse-Exception-Tag', tag);
}

function write(response: ServerResponse, call: Call): Writable {
  if (!call.compressAnswer) return response;
  response.setHeader('Content-Encoding', 'gzip');
  const gzip = createGzip({ level: 1 });
  gzip.pipe(response);
  return gzip;
}
