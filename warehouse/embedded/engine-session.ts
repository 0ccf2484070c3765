import type { ChdbQueryStream, Session } from 'chdb';
import { quoteIdentifier, quoteString } from '../statement/sql-text.js';
import type { Statement } from '../statement/statement.js';

/** Makes a session ready for a statement: its limits and its values, each of them overwritten every time. */
export async function prepare(session: Session, statement: Statement): Promise<void> {
  const changes: string[] = [];
  for (const [name, value] of statement.settings) {
    changes.push(`${quoteIdentifier(name)} = ${typeof value === 'number' ? value : quoteString(value)}`);
  }
  // chdb's own binding sends bound statements of a whole process one after another, because the library under it
  // mixes up parameters of parallel calls. Session parameters keep to their session, so queries stay parallel.
  for (const [name, value] of statement.params) {
    changes.push(`${quoteIdentifier(`param_${name}`)} = ${quoteString(value)}`);
  }
  await session.queryAsync(`SET ${changes.join(', ')}`);
}

/** Runs the prepared statement and answers all its rows as lines. */
export async function readLines(session: Session, sql: string): Promise<string[]> {
  const result = await session.queryAsync(sql, { format: 'JSONEachRow' });
  return lines(result.text());
}

/**
 * Streams the prepared statement. The stream is never cancelled through the driver, whose cancel blocks the event
 * loop until the query has run to its end; it is killed, and then read until the kill shows.
 */
export async function* streamLines(
  session: Session,
  sql: string,
  kill: () => Promise<void>,
): AsyncGenerator<string[], void, undefined> {
  const chunks: ChdbQueryStream = session.queryStream(sql, { format: 'JSONEachRow' });
  const iterator = chunks[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const { value, done } = await iterator.next().catch((thrown: unknown) => {
        ended = true;
        throw thrown;
      });
      if (done) {
        ended = true;
        return;
      }
      yield lines(value.text());
    }
  } finally {
    while (!ended) {
      await kill();
      ended = await iterator.next().then(
        ({ done }) => done === true,
        () => true,
      );
    }
  }
}

function lines(text: string): string[] {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  return all;
}
