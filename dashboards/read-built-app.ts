import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Encoding } from '../http/accepted-encoding.js';

/** One file of the app in every form it may be asked for. */
export type Asset = {
  contentType: string;
  cacheControl: string;
  etag: string;
  bodyIn: (encoding: Encoding) => Promise<Buffer>;
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The build puts a hash of the content into these names, so their content never changes. */
const hashed = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** All files of the built app by their URL path; empty when there is no build. */
export async function readBuiltApp(appUrl: URL): Promise<ReadonlyMap<string, Asset>> {
  const root = fileURLToPath(appUrl);
  const assets = new Map<string, Asset>();
  for (const entry of await entriesOf(root)) {
    const contentType = contentTypes[extname(entry)];
    if (contentType === undefined) continue;
    const path = `/${entry.split(sep).join('/')}`;
    assets.set(path, assetOf(path, contentType, await readFile(join(root, entry))));
  }
  return assets;
}

async function entriesOf(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { recursive: true });
    return entries.sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

function assetOf(path: string, contentType: string, identity: Buffer): Asset {
  const made = new Map<Encoding, Promise<Buffer>>();
  return {
    contentType,
    cacheControl: hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    // Compressed when first asked for and kept: compressing everything at the start held it up on a busy machine.
    bodyIn: (encoding) => {
      const body = made.get(encoding) ?? encoded(identity, encoding);
      made.set(encoding, body);
      return body;
    },
  };
}

async function encoded(identity: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'br':
      return await toBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    case 'gzip':
      return await toGzip(identity, { level: 9 });
    case 'identity':
      return identity;
  }
}
