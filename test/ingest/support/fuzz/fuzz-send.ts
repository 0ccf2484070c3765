import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { exportPath } from '../grpc-client.js';
import type { Reply } from './fuzz-judge.js';
import type { Shot } from './fuzz-shot.js';

export type Ports = { http: number; grpc: number };

const answerMs = 60_000;
const noBytes = Buffer.alloc(0);

/** Sends anything anywhere; null when the connection ended without an answer. */
export class FuzzSender {
  readonly #ports: Ports;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #session: ClientHttp2Session | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  send(shot: Shot): Promise<Reply | null> {
    if (shot.port === 'http') return this.#http(shot);
    return shot.port === 'grpc' ? this.#grpc(shot) : this.#socket(shot);
  }

  close(): void {
    this.#agent.destroy();
    this.#session?.destroy();
  }

  #http({ path, method, headers: given, body }: Shot & { port: 'http' }): Promise<Reply | null> {
    const headers = { ...given, 'content-length': body.length };
    const options = { port: this.#ports.http, host: '127.0.0.1', method, path, headers, agent: this.#agent };
    return new Promise((resolve) => {
      const outgoing = httpRequest({ ...options, timeout: answerMs }, (incoming) => {
        const { statusCode = 0, headers: answered } = incoming;
        buffer(incoming).then(
          (bytes) =>
            resolve({
              status: statusCode,
              contentType: answered['content-type'] ?? '',
              retryAfter: answered['retry-after'] ?? null,
              body: bytes,
              details: '',
            }),
          () => resolve(null),
        );
      });
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(null));
      outgoing.end(body);
    });
  }

  async #grpc({ signal, headers, stream }: Shot & { port: 'grpc' }): Promise<Reply | null> {
    const session = this.#openSession();
    const call = session.request({
      ':method': 'POST',
      ':path': exportPath(signal),
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    const found = { status: -1, details: '' };
    const take = (fields: object): void => {
      const status: unknown = Reflect.get(fields, 'grpc-status');
      if (status === undefined) return;
      found.status = Number(status);
      found.details = decodeURIComponent(String(Reflect.get(fields, 'grpc-message') ?? ''));
    };
    call.on('response', take);
    call.on('trailers', take);
    call.end(stream);
    const body = await buffer(call).catch(() => noBytes);
    if (!call.closed) await once(call, 'close').catch(() => undefined);
    if (found.status === -1) return null;
    return { ...found, contentType: '', retryAfter: null, body: body.subarray(5) };
  }

  #openSession(): ClientHttp2Session {
    if (this.#session !== null && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const session = connectHttp2(`http://127.0.0.1:${this.#ports.grpc}`);
    session.on('error', () => undefined);
    this.#session = session;
    return session;
  }

  async #socket({ bytes }: Shot & { port: 'socket' }): Promise<Reply | null> {
    const socket = connect({ port: this.#ports.http, host: '127.0.0.1', allowHalfOpen: true });
    socket.setTimeout(answerMs, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.end(bytes);
    return firstReply(await buffer(socket).catch(() => noBytes));
  }
}

/** The first answer on a connection. */
function firstReply(bytes: Buffer): Reply | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? null;
  const bodyBytes = Number(header('content-length') ?? 0);
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
    contentType: header('content-type') ?? '',
    retryAfter: header('retry-after'),
    body: bytes.subarray(end + 4, end + 4 + bodyBytes),
    details: '',
  };
}
