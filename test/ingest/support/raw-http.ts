import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { messageType } from './otlp-proto.js';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type Target = { method?: string; path?: string; setHost?: boolean };

/** A plain HTTP request, so that headers and chunks are exactly what the test says. */
export function sendRaw(
  port: number,
  body: Buffer | readonly Buffer[] | null,
  headers: Record<string, string>,
  { method = 'POST', path = '/v1/traces', setHost = true }: Target = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ port, host: '127.0.0.1', method, path, headers, setHost }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', reject);
    // A list is sent chunked, without a length announced.
    if (body instanceof Buffer) outgoing.end(body);
    else {
      for (const chunk of body ?? []) outgoing.write(chunk);
      outgoing.end();
    }
  });
}

const RpcStatus = messageType('RpcStatus');

/** The sentence of a google.rpc.Status body. */
export function statusMessage({ headers, body }: Answer): string {
  const isJson = headers['content-type'] === 'application/json';
  const { message } = isJson ? JSON.parse(body.toString()) : RpcStatus.toObject(RpcStatus.decode(body));
  assert.ok(typeof message === 'string' && message.length > 10, 'an error has a sentence');
  return message;
}
