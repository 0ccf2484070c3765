import { Agent, request } from 'node:http';
import process from 'node:process';
import { z } from 'zod';
import { lambdaPayload, renewIds } from './lambda-payload.js';

/** What the generator is told: how many connections send back to back, for how long, requests of how many spans. */
export const Order = z.object({
  port: z.number(),
  spans: z.number(),
  connections: z.number(),
  durationMs: z.number(),
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

async function generate({ port, spans, connections, durationMs }: Order): Promise<Report> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  let failures = 0;
  const pools = Array.from({ length: connections }, () =>
    Array.from({ length: payloadsPerConnection }, () => lambdaPayload(spans, Math.random)),
  );
  const startedMs = performance.now();
  const endsMs = startedMs + durationMs;
  const perRequest = spans;
  await Promise.all(
    pools.map(async (payloads) => {
      for (let next = 0; performance.now() < endsMs; next++) {
        const payload = payloads[next % payloads.length];
        if (payload === undefined) break;
        const { body } = payload;
        renewIds(payload, Math.random);
        const sentMs = performance.now();
        if ((await post(agent, port, body)) === 200) latenciesMs.push(performance.now() - sentMs);
        else failures++;
      }
    }),
  );
  const elapsedMs = performance.now() - startedMs;
  agent.destroy();
  latenciesMs.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0;
  return {
    requests: latenciesMs.length,
    spans: latenciesMs.length * perRequest,
    elapsedMs,
    failures,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

function post(agent: Agent, port: number, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
    const outgoing = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: '/v1/traces', headers },
      (incoming) => {
        incoming.resume();
        incoming.on('end', () => resolve(incoming.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Runs as the forked generator: takes one order, reports, ends. */
export function serveOrders(): void {
  process.once('message', (message) => {
    void generate(Order.parse(message)).then((report) => process.send?.(report, () => process.exit(0)));
  });
}
