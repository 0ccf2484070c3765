import { randomFillSync } from 'node:crypto';
import { Agent, request } from 'node:http';
import process from 'node:process';
import { z } from 'zod';
import { lambdaPayload } from './lambda-payload.js';

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

async function generate({ port, spans, connections, durationMs }: Order): Promise<Report> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedMs = performance.now();
  const endsMs = startedMs + durationMs;
  const { spans: perRequest } = lambdaPayload(spans);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const { body, traceIdOffsets } = lambdaPayload(spans);
      while (performance.now() < endsMs) {
        // Other traces each time: the same bytes again would compress too well.
        for (const at of traceIdOffsets) randomFillSync(body, at, 4);
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
