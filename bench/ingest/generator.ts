import { Buffer } from 'node:buffer';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { messageType } from '../../test/ingest/support/otlp-proto.js';
import { KeepAlivePost } from './keep-alive-post.js';
import { lambdaPayload, type Payload, renewIds } from './lambda-payload.js';

/** What the generator is told: how many connections send, for how long, requests of how many spans. */
export const Order = z.object({
  port: z.number(),
  spans: z.number(),
  connections: z.number(),
  durationMs: z.number(),
  form: z.enum(['protobuf', 'gzip', 'json']),
  /** Requests a second of all connections together, evenly; null sends back to back. */
  perSecond: z.number().nullable(),
});
export type Order = z.infer<typeof Order>;

export const Report = z.object({
  requests: z.number(),
  spans: z.number(),
  elapsedMs: z.number(),
  failures: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type Report = z.infer<typeof Report>;

/** Bodies are made before the clock starts and sent again and again with other ids. */
const payloadsPerConnection = 4;
/** JSON and gzip bodies cannot get other ids in place, so more of them are made. */
const frozenPerConnection = 8;

const headersOf: Readonly<Record<Order['form'], string>> = {
  protobuf: 'content-type: application/x-protobuf\r\n',
  gzip: 'content-type: application/x-protobuf\r\ncontent-encoding: gzip\r\n',
  json: 'content-type: application/json\r\n',
};

async function generate({ port, spans, connections, durationMs, form, perSecond }: Order): Promise<Report> {
  const pools = Array.from({ length: connections }, () => bodiesOf(form, spans));
  const posts = await Promise.all(pools.map(() => KeepAlivePost.open(port)));
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedMs = performance.now();
  const endsMs = startedMs + durationMs;
  const everyMs = perSecond === null ? 0 : (1000 * connections) / perSecond;
  await Promise.all(
    posts.map(async (post, connection) => {
      const next = pools[connection];
      if (next === undefined) return;
      let dueMs = startedMs + (everyMs * connection) / connections;
      while (performance.now() < endsMs) {
        const body = next();
        // From when it was due, so that a server that stalls cannot hide the requests it held up.
        let sentMs = performance.now();
        if (everyMs > 0) {
          if (dueMs > sentMs) await pause(dueMs - sentMs);
          sentMs = Math.max(dueMs, sentMs);
          dueMs += everyMs;
        }
        if ((await post.post('/v1/traces', headersOf[form], body)) === 200) {
          latenciesMs.push(performance.now() - sentMs);
        } else failures++;
      }
    }),
  );
  const elapsedMs = performance.now() - startedMs;
  for (const post of posts) post.close();
  latenciesMs.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0;
  return {
    requests: latenciesMs.length,
    spans: latenciesMs.length * spans,
    elapsedMs,
    failures,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

/** Answers the next body each time it is called. */
function bodiesOf(form: Order['form'], spans: number): () => Buffer {
  const count = form === 'protobuf' ? payloadsPerConnection : frozenPerConnection;
  const payloads = Array.from({ length: count }, () => lambdaPayload(spans, Math.random));
  const frozen = form === 'protobuf' ? [] : payloads.map((payload) => freeze(payload, form));
  let sent = 0;
  return () => {
    const index = sent++ % count;
    const payload = payloads[index];
    if (payload === undefined) throw new Error('The generator has no body to send');
    const body = frozen[index];
    if (body !== undefined) return body;
    renewIds(payload, Math.random);
    return payload.body;
  };
}

function freeze({ body }: Payload, form: 'gzip' | 'json'): Buffer {
  if (form === 'gzip') return gzipSync(body, { level: 6 });
  const type = messageType('ExportTraceServiceRequest');
  const request = type.toObject(type.decode(body), { longs: String, bytes: String, enums: Number });
  const hexIds = (key: string, value: unknown): unknown =>
    typeof value === 'string' && /^(trace|span|parentSpan)Id$/.test(key)
      ? Buffer.from(value, 'base64').toString('hex')
      : value;
  return Buffer.from(JSON.stringify(request, hexIds));
}

/** Runs as the forked generator: takes one order, reports, ends. */
export function serveOrders(): void {
  process.once('message', (message) => {
    void generate(Order.parse(message)).then((report) => process.send?.(report, () => process.exit(0)));
  });
}
