import { Readable } from 'node:stream';
import { ProblemError } from '../../schemas/problem.js';
import type { ZodPlugin } from '../../schemas/zod-http.js';
import type { LiveHub } from '../live/live-hub.js';

const retryAfterSeconds = 10;

export function liveRoutes({ hub }: { hub: LiveHub }): ZodPlugin {
  return async (app) => {
    // Open streams would keep the server from closing; they end before it waits for connections.
    app.addHook('preClose', async () => hub.close());
    const config = {
      needs: 'viewer',
      summary: 'Server-sent events: what has just been stored',
      produces: 'text/event-stream',
    } as const;
    app.get('/api/v1/live', { config }, async (request, reply) => {
      const stream = new Readable({ read() {} });
      const subscription = hub.subscribe(request.access.tenant, {
        write: (chunk) => {
          stream.push(chunk);
          return stream.readableLength;
        },
        end: () => stream.push(null),
        cut: () => reply.raw.destroy(),
      });
      if (subscription.kind !== 'open') {
        const reason = subscription.kind === 'full' ? 'Too many pages follow live' : 'The server is stopping';
        throw new ProblemError('UNAVAILABLE', reason, { retryAfterSeconds });
      }
      stream.on('close', subscription.close);
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream);
    });
  };
}
