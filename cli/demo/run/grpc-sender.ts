import { Buffer } from 'node:buffer';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { signals } from '../../../ingest/signal.js';
import type { ExportRequest } from '../send/export-request.js';
import { rejectedItems } from './read-answer.js';
import { maxAttempts, type SendDeps, type SendResult, type Target } from './send-request.js';

const deadlineMs = 15_000;
/** What the specification allows to be tried again, of the codes a receiver under load answers. */
const retryable = new Set<number>([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.RESOURCE_EXHAUSTED]);
const asIs = (bytes: Buffer): Buffer => bytes;

/** Sends requests over gRPC, on one connection. */
export class GrpcSender {
  readonly #client: Client;
  readonly #key: string | null;
  readonly #deps: Pick<SendDeps, 'wait'> & { nowMs: () => number };

  /** `url` is http://host:port, without encryption, or https://host:port with. */
  constructor({ url, key }: Target, deps: Pick<SendDeps, 'wait'> & { nowMs: () => number }) {
    const { host, protocol } = new URL(url);
    const isSecure = protocol === 'https:';
    this.#client = new Client(host, isSecure ? credentials.createSsl() : credentials.createInsecure());
    this.#key = key;
    this.#deps = deps;
  }

  async send(request: ExportRequest, signal: AbortSignal): Promise<SendResult> {
    let result: SendResult = { kind: 'unreachable', message: 'the fleet was told to stop' };
    for (let attempt = 1; attempt <= maxAttempts && !signal.aborted; attempt++) {
      const { error, answer } = await this.#call(request);
      if (error === null) return { kind: 'stored', rejectedItems: rejectedItems(request, answer) };
      result = { kind: 'refused', status: error.code, message: error.details };
      if (!retryable.has(error.code)) return result;
      if (attempt < maxAttempts) await this.#deps.wait(250 * 2 ** attempt, signal);
    }
    return result;
  }

  close(): void {
    this.#client.close();
  }

  #call({
    signal,
    userAgent,
    body,
  }: ExportRequest): Promise<{ error: ServiceError | null; answer: Uint8Array }> {
    const metadata = new Metadata();
    metadata.set('user-agent', userAgent);
    if (this.#key !== null) metadata.set('authorization', `Bearer ${this.#key}`);
    const path = `/${signals[signal].grpcService}/Export`;
    const options = { deadline: this.#deps.nowMs() + deadlineMs };
    return new Promise((resolve) => {
      this.#client.makeUnaryRequest(path, asIs, asIs, Buffer.from(body), metadata, options, (error, answer) =>
        resolve({ error, answer: answer ?? new Uint8Array() }),
      );
    });
  }
}
