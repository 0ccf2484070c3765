import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { mediaTypes } from './media-type.js';
import { statusBody } from './otlp-body.js';
import { OtlpRefusal } from './otlp-refusal.js';

/** What is said to a sender whose bytes are not a whole HTTP request; null when nobody is there to hear it. */
export function answerBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): OtlpRefusal | null {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return null;
  }
  const refusal = refusalOf(error.code);
  const body = statusBody('json', refusal.grpcCode, refusal.message);
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    `Content-Type: ${mediaTypes.json}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  return refusal;
}

function refusalOf(code: string | undefined): OtlpRefusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new OtlpRefusal('headers-too-large', 'The request headers are larger than 16 KiB');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new OtlpRefusal('late', 'The request did not arrive completely within a minute');
    default:
      return new OtlpRefusal('not-http', 'What arrived is not an HTTP/1.1 request');
  }
}
