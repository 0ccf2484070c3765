import type { Buffer } from 'node:buffer';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { exportPath } from '../../test/ingest/support/grpc-client.js';
import { GrpcPost } from './grpc-post.js';
import { jsonPayload } from './json-payload.js';
import { KeepAlivePost } from './keep-alive-post.js';
import { lambdaPayload } from './lambda-payload.js';
import { type Payload, renewIds } from './payload.js';
import { logsPayload, metricsPayload } from './signal-payloads.js';

/** What the generator is told: how many connections send, for how long, requests of how many items. */
export const Order = z.object({
  port: z.number(),
  grpcPort: z.number(),
  signal: z.enum(['traces', 'metrics', 'logs']),
  items: z.number(),
  connections: z.number(),
  durationMs: z.number(),
  form: z.enum(['protobuf', 'gzip', 'json', 'grpc']),
  /** Requests a second of all connections together, evenly; null sends back to back. */
  perSecond: z.number().nullable(),
});
export type Order = z.infer<typeof Order>;

export const Report = z.object({
  requests: z.number(),
  items: z.number(),
  /** Of one body, before compression. */
  bodyBytes: z.number(),
  elapsedMs: z.number(),
  failures: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type Report = z.infer<typeof Report>;

/** Bodies are made before the clock starts and sent again and again with other ids. */
const payloadsPerConnection = 4;
/** Packed bodies cannot get other ids in place, so each is sent once; a run ends when all are sent. */
const packedPerConnection = 60;

const headersOf: Readonly<Record<Order['form'], string>> = {
  protobuf: 'content-type: application/x-protobuf\r\n',
  gzip: 'content-type: application/x-protobuf\r\ncontent-encoding: gzip\r\n',
  json: 'content-type: application/json\r\n',
  grpc: '',
};

const makers = { traces: lambdaPayload, metrics: metricsPayload, logs: logsPayload };
const grpcSignals = { traces: 'trace', metrics: 'metrics', logs: 'logs' } as const;

/** Payloads of each connection, kept from order to order because making them takes longer than sending them. */
type Pools = Map<string, Payload[][]>;

async function generate(order: Order, made: Pools): Promise<Report> {
  const { signal, form, connections, durationMs, perSecond } = order;
  const path = form === 'grpc' ? exportPath(grpcSignals[signal]) : `/v1/${signal}`;
  const pools = payloadsOf(order, made).map((payloads) => bodiesOf(order, payloads));
  const posts = await Promise.all(
    pools.map(() => (form === 'grpc' ? GrpcPost.open(order.grpcPort) : KeepAlivePost.open(order.port))),
  );
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedMs = performance.now();
  const endsMs = startedMs + durationMs;
  const everyMs = perSecond === null ? 0 : (1000 * connections) / perSecond;
  await Promise.all(
    posts.map(async (post, connection) => {
      const next = pools[connection]?.next;
      let dueMs = startedMs + (everyMs * connection) / connections;
      while (performance.now() < endsMs) {
        const body = next?.() ?? null;
        if (body === null) return;
        // From when it was due, so that a server that stalls cannot hide the requests it held up.
        let sentMs = performance.now();
        if (everyMs > 0) {
          if (dueMs > sentMs) await pause(dueMs - sentMs);
          sentMs = Math.max(dueMs, sentMs);
          dueMs += everyMs;
        }
        if ((await post.post(path, headersOf[form], body)) === 200) {
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
    items: latenciesMs.length * order.items,
    bodyBytes: pools[0]?.bodyBytes ?? 0,
    elapsedMs,
    failures,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

function payloadsOf({ signal, form, items, connections }: Order, made: Pools): Payload[][] {
  const isJson = form === 'json';
  const key = `${signal} ${items} ${connections} ${isJson}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const one = (): Payload => {
    const payload = makers[signal](items, Math.random);
    return isJson ? jsonPayload(payload) : payload;
  };
  const pools = Array.from({ length: connections }, () => Array.from({ length: payloadsPerConnection }, one));
  made.set(key, pools);
  return pools;
}

/** `next` answers the next body each time, null when there is none left. */
function bodiesOf(
  { form }: Order,
  payloads: readonly Payload[],
): { bodyBytes: number; next: () => Buffer | null } {
  let sent = 0;
  const renewed = (): Payload => {
    const payload = payloads[sent++ % payloads.length];
    if (payload === undefined) throw new Error('The generator has no body to send');
    renewIds(payload, Math.random);
    return payload;
  };
  const bodyBytes = payloads[0]?.body.length ?? 0;
  if (form !== 'gzip') return { bodyBytes, next: () => renewed().body };
  const packed = Array.from({ length: packedPerConnection }, () => gzipSync(renewed().body));
  return { bodyBytes, next: () => packed.pop() ?? null };
}

/** Runs as the forked generator: takes one order after another and reports each. */
export function serveOrders(): void {
  const made: Pools = new Map();
  process.on('message', (message) => {
    void generate(Order.parse(message), made).then((report) => process.send?.(report));
  });
}
