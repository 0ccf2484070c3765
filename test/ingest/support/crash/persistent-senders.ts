import type { Buffer } from 'node:buffer';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { largeBytes } from '../../../../ingest/decoding/decoder.js';
import { exportPath, rawClient } from '../grpc-client.js';
import { type KnownRequest, knownRequests } from './known-request.js';

/** Where the receiver listens at the moment; changes with each of its lives. */
export type Target = { http: number; grpc: number };

/** What senders know: what was acknowledged, and how often a request had to be sent again. */
export type SenderBook = { spans: Set<string>; runs: Set<string>; requests: number; retries: number };

type Post = (target: Target, request: KnownRequest) => Promise<boolean>;

const pauseMs = 2;
const retryMs = 15;
const answerMs = 10_000;

function overHttp(contentType: string, body: (request: KnownRequest) => Buffer, coding?: string): Post {
  const headers = {
    'content-type': contentType,
    ...(coding === undefined ? {} : { 'content-encoding': coding }),
  };
  return async ({ http }, request) => {
    const response = await fetch(`http://127.0.0.1:${http}/v1/traces`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body(request)),
      signal: AbortSignal.timeout(answerMs),
    });
    await response.arrayBuffer();
    return response.status === 200;
  };
}

/** One client a life of the receiver; a broken channel would back off longer than the receiver is away. */
function overGrpc(): { post: Post; close: () => void } {
  let client: ReturnType<typeof rawClient> | null = null;
  let port = 0;
  return {
    post: async (place, { message }) => {
      if (client === null || port !== place.grpc) {
        client?.close();
        client = rawClient(place.grpc);
        port = place.grpc;
      }
      const { code } = await client.call(
        exportPath('trace'),
        message,
        {},
        { deadline: Date.now() + answerMs },
      );
      return code === 0;
    },
    close: () => client?.close(),
  };
}

/** Senders that keep each request until it is acknowledged, as an SDK with retries does, over every way in. */
export function startSenders(target: () => Target | null) {
  const book: SenderBook = { spans: new Set(), runs: new Set(), requests: 0, retries: 0 };
  const grpc = overGrpc();
  const protobuf = overHttp('application/x-protobuf', ({ message }) => message);
  const senders: { post: Post; fillerBytes?: number }[] = [
    { post: protobuf },
    { post: overHttp('application/x-protobuf', ({ message }) => gzipSync(message), 'gzip') },
    { post: overHttp('application/json', ({ json }) => json()) },
    { post: grpc.post },
    // Read in the thread for large requests.
    { post: protobuf, fillerBytes: largeBytes },
  ];
  let isStopping = false;
  let isAbandoned = false;
  const deliver = async (post: Post, request: KnownRequest): Promise<void> => {
    for (;;) {
      const place = target();
      if (place !== null) {
        if (await post(place, request).catch(() => false)) break;
        book.retries++;
      }
      if (isAbandoned) return;
      await pause(retryMs);
    }
    book.requests++;
    book.runs.add(request.runId);
    for (const id of request.spanIds) book.spans.add(id);
  };
  const running = senders.map(async ({ post, fillerBytes }, sender) => {
    const next = knownRequests(sender, fillerBytes);
    while (!isStopping) {
      await deliver(post, next());
      await pause(pauseMs);
    }
  });
  return {
    book,
    /** Resolves when every request that was begun is acknowledged; somebody must be there to do so. */
    finish: async () => {
      isStopping = true;
      await Promise.all(running);
      grpc.close();
    },
    /** Gives up what is not acknowledged. */
    abandon: () => {
      isStopping = true;
      isAbandoned = true;
    },
  };
}
