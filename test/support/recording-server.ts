import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Recorded = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type Reply = { status: number; headers?: Readonly<Record<string, string>>; body?: string };

export type RecordingServer = { url: string; port: number; requests: Recorded[]; close: () => Promise<void> };

/** A real HTTP server on loopback that keeps what it is sent; null from `reply` leaves the caller without an answer. */
export async function recordingServer(
  reply: (request: Recorded, count: number) => Reply | null | Promise<Reply | null>,
): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { headers, method = '', url = '' } = request;
    const recorded = { method, path: url, headers, body: Buffer.concat(parts).toString('utf8') };
    requests.push(recorded);
    const answer = await reply(recorded, requests.length);
    if (answer === null) return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address;
}
