import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { Session } from 'chdb';
import { quoteIdentifier, quoteString } from '../../../warehouse/statement/sql-text.js';
import { answerRows } from './answer-rows.js';
import { credentialsProblem } from './credentials.js';
import { refuse } from './exception.js';
import type { FaultKind, Faults } from './fault.js';
import { type Call, readCall } from './read-call.js';

export type EndpointDeps = { directory: string; password: string; faults: Faults; control: Session };

let spooled = 0;

export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  deps: EndpointDeps,
): Promise<void> {
  if (request.url === '/ping') return void response.end('Ok.\n');
  const problem = credentialsProblem(request, deps.password);
  if (problem !== null) return refuse(response, new Error(problem));
  let session: Session | null = null;
  try {
    const call = await readCall(request);
    const fault = deps.faults.next(call.sort);
    if (fault !== null && (await misbehaveFirst(fault, request, response))) return;
    session = new Session(deps.directory);
    await prepare(session, call);
    if (call.sort === 'query') {
      await answerRows(session, call, response, () => kill(deps.control, call.queryId));
    } else {
      await execute(session, call, join(deps.directory, '..', `spooled-${process.pid}-${++spooled}`));
      if (fault !== null) return misbehaveLast(fault, response);
      response.setHeader('X-ClickHouse-Query-Id', call.queryId);
      response.setHeader('X-ClickHouse-Summary', '{"written_rows":"0"}');
      response.end();
    }
  } catch (thrown) {
    refuse(response, thrown);
  } finally {
    session?.close();
  }
}

/** True when the fault was all there is to the request. */
async function misbehaveFirst(
  fault: FaultKind,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.is) {
    case 'cut-request': {
      const { socket } = request;
      let bytes = 0;
      for await (const chunk of request) {
        bytes += chunk.length;
        if (bytes >= fault.afterBytes) break;
      }
      socket.destroy();
      return true;
    }
    case 'hang':
      return true;
    case 'refuse':
      request.resume();
      response.writeHead(503, { 'Content-Type': 'text/plain' }).end('no backend');
      return true;
    case 'cut-answer':
    case 'die':
      return false;
  }
}

function misbehaveLast(fault: FaultKind, response: ServerResponse): void {
  if (fault.is === 'die') process.kill(process.pid, 'SIGKILL');
  response.destroy();
}

async function prepare(session: Session, call: Call): Promise<void> {
  // A server compares nothing and finds nothing before it has found the database.
  await session.queryAsync(`USE ${quoteIdentifier(call.database)}`);
  const settings = new Map([['log_comment', call.queryId], ...call.settings]);
  const changes = [...settings].map(([name, value]) => `${quoteIdentifier(name)} = ${quoteString(value)}`);
  await session.queryAsync(`SET ${changes.join(', ')}`);
}

async function execute(session: Session, call: Call, spoolPath: string): Promise<void> {
  if (call.data === null) {
    await session.queryAsync(call.sql);
    return;
  }
  try {
    await pipeline(call.data, createWriteStream(spoolPath));
    const source = `SELECT * FROM file(${quoteString(spoolPath)}, ${quoteString(call.format)})`;
    await session.queryAsync(`${call.sql} ${source}`);
  } finally {
    await rm(spoolPath, { force: true });
  }
}

async function kill(control: Session, queryId: string): Promise<void> {
  await control.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${quoteString(queryId)} ASYNC`);
}
