import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError, problemTable } from '../schemas/problem.js';
import { problemBody } from './answer-problem.js';

const messages: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The request headers are larger than 16 KiB.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive completely in time.',
};

/** Bytes that are not a whole HTTP request never reach a route; they too are answered with a Problem. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const message = messages[error.code ?? ''] ?? 'What arrived is not an HTTP/1.1 request.';
  const problem = new ProblemError('BAD_REQUEST', message);
  const { status } = problemTable[problem.code];
  const body = JSON.stringify(problemBody(problem, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
