import type { ZodPlugin } from '../schemas/zod-http.js';
import { answerAsset } from './answer-asset.js';
import { type Asset, readBuiltApp } from './read-built-app.js';
import { firstQuestions } from './web/view/first-questions.js';

/** Paths that answer with the app itself; every other page of the app is added here. */
const pagePaths = [
  '/',
  '/oncall',
  '/executive',
  '/cost',
  '/slos',
  '/slos/*',
  '/incidents',
  '/incidents/*',
  '/inbox',
  '/demo',
  '/map',
  '/ingest',
  '/settings',
  '/functions/*',
  '/traces/*',
] as const;

const notBuilt =
  'The web app is not built: run "npm run build" and start Coldburn again. The API answers all the same.\n';

/**
 * Serves the built app. Everything is read at start-up, compressed when first asked for, and answered from memory by exact name: a
 * request never becomes a file name, so none can leave the directory. That is also why @fastify/static is not used:
 * a dozen files of 200 kB together need no streaming, ranges or directory rules, and brotli is made here anyway.
 */
export function dashboardsPlugin({ appUrl }: { appUrl: URL }): ZodPlugin {
  return async (app) => {
    const assets = await readBuiltApp(appUrl);
    const index = assets.get('/index.html');
    const page = { needs: 'public', summary: 'The web app', produces: 'text/html' } as const;
    for (const path of pagePaths) {
      app.get(path, { config: page }, async (request, reply) => {
        if (index === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
        reply.headers(preloadsOf(request.url));
        return answerAsset(index, request.headers, reply);
      });
    }
    // One route for all names with a hash, so that the list of routes does not change with every build.
    const hashed = {
      needs: 'public',
      summary: 'Scripts and styles of the web app',
      produces: '*/*',
    } as const;
    app.get('/assets/*', { config: hashed }, async (request, reply) => {
      const asset = assets.get(request.url.split('?', 1)[0] ?? '');
      if (asset === undefined) return reply.callNotFound();
      return answerAsset(asset, request.headers, reply);
    });
    for (const [path, asset] of assets) if (isOther(path)) serve(path, asset);

    function serve(path: string, asset: Asset): void {
      const config = {
        needs: 'public',
        summary: 'Part of the web app',
        produces: asset.contentType,
      } as const;
      app.get(path, { config }, async (request, reply) => answerAsset(asset, request.headers, reply));
    }
  };
}

/** Lets the browser ask the page's first questions while its scripts are still on their way; fetch then takes those answers. */
function preloadsOf(url: string): { link?: string } {
  const [path = '', search = ''] = url.split('?', 2);
  const links = firstQuestions(path, search).map(
    (question) => `<${question}>; rel=preload; as=fetch; crossorigin=anonymous`,
  );
  return links.length === 0 ? {} : { link: links.join(', ') };
}

function isOther(path: string): boolean {
  return path !== '/index.html' && !path.startsWith('/assets/');
}
