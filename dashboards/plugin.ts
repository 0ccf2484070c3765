import type { ZodPlugin } from '../schemas/zod-http.js';
import { answerAsset } from './answer-asset.js';
import { readBuiltApp } from './read-built-app.js';

/** Paths that answer with the app itself; every other page of the app is added here. */
const pagePaths = ['/'] as const;

const notBuilt =
  'The web app is not built: run "npm run build" and start Coldburn again. The API answers all the same.\n';

/**
 * Serves the built app. Everything is read and compressed once at start-up and answered from memory by exact name: a
 * request never becomes a file name, so none can leave the directory. That is also why @fastify/static is not used:
 * a dozen files of 100 kB together need no streaming, ranges or directory rules, and brotli is made here anyway.
 */
export function dashboardsPlugin({ appUrl }: { appUrl: URL }): ZodPlugin {
  return async (app) => {
    const assets = await readBuiltApp(appUrl);
    const config = { needs: 'public', summary: 'The web app' } as const;
    const index = assets.get('/index.html');
    for (const path of pagePaths) {
      app.get(path, { config }, async (request, reply) => {
        if (index === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
        return answerAsset(index, request.headers, reply);
      });
    }
    for (const [path, asset] of assets) {
      if (path === '/index.html') continue;
      app.get(path, { config }, async (request, reply) => answerAsset(asset, request.headers, reply));
    }
  };
}
