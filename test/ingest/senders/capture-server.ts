import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export type Captured = { path: string; contentType: string; body: Buffer };

/** Takes whatever senders send, in order, and says yes. */
export async function startCaptureServer() {
  const captured: Captured[] = [];
  const server = createServer(async (request, response) => {
    const sent = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const contentType = request.headers['content-type'] ?? '';
    if (request.method === 'POST') captured.push({ path: request.url ?? '', contentType, body });
    response.setHeader('content-type', contentType || 'text/plain');
    response.end(contentType === 'application/json' ? '{}' : Buffer.alloc(0));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { endpoint: `http://127.0.0.1:${port}`, taken: () => captured.splice(0), stop };
}
