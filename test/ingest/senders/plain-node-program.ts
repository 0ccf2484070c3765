import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { neutralStacks } from './neutral-stacks.js';

// A plain HTTP service under `@opentelemetry/instrumentation-http`: `plain-node-program.js <directory of the packages>`.
const [packagesDirectory] = z.tuple([z.string()]).parse(process.argv.slice(2));
neutralStacks(import.meta.dirname, '/srv/shop');
const packages = createRequire(resolve(packagesDirectory, 'package.json'));
const { NodeSDK }: typeof import('@opentelemetry/sdk-node') = packages('@opentelemetry/sdk-node');
const { HttpInstrumentation } = packages('@opentelemetry/instrumentation-http');
const sdk = new NodeSDK({
  serviceName: 'shop-api',
  instrumentations: [new HttpInstrumentation()],
  resourceDetectors: [],
});
sdk.start();

// Loaded now, because the instrumentation wraps what is required after it has started.
const { createServer }: typeof import('node:http') = packages('node:http');
const statusOf = new Map([
  ['/orders', 200],
  ['/broken', 500],
]);
const server = createServer((request, response) => {
  response.statusCode = statusOf.get(request.url ?? '') ?? 404;
  response.end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
for (const path of ['/orders', '/broken', '/missing']) {
  const headers = { host: 'shop.example.com', connection: 'close' };
  await fetch(`http://127.0.0.1:${port}${path}`, { headers });
}
server.close();
await sdk.shutdown();
