import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections that have never carried a request. Browsers and fetch open them ahead of need, and Node does not count
 * them as idle, so nothing but this closes them before their time-out.
 */
export function watchUnusedSockets(server: Server): { destroyAll: () => void } {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', (request) => unused.delete(request.socket));
  return {
    destroyAll: () => {
      for (const socket of unused) socket.destroy();
    },
  };
}
