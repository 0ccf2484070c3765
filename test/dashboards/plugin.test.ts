import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { dashboardsPlugin } from '../../dashboards/plugin.js';
import { createApp } from '../../http/create-app.js';
import type { ZodApp } from '../../schemas/zod-http.js';

const script = `export const answer = ${'42 + '.repeat(500)}0;\n`;
let directory: string;
let app: ZodApp;

async function appOf(path: string): Promise<ZodApp> {
  const built = createApp({ newId: () => 'id', logger: false });
  await dashboardsPlugin({ appUrl: pathToFileURL(`${path}/`) })(built);
  return built;
}

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'coldburn-app-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>Coldburn</title>');
  await writeFile(join(directory, 'theme.js'), '// theme');
  await writeFile(join(directory, 'assets', 'index-AbCd_123.js'), script);
  await writeFile(join(directory, 'secret.env'), 'KEY=1');
  app = await appOf(directory);
});
after(async () => {
  await app.close();
  await rm(directory, { recursive: true, force: true });
});

test('the page is answered with a strict policy and is asked for again each time', async () => {
  const response = await app.inject({ url: '/' });
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(response.headers['cache-control'], 'no-cache');
  const policy = String(response.headers['content-security-policy']);
  for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"])
    assert.ok(policy.includes(rule), rule);
});

test('the first questions of a page are asked before its scripts are there', async () => {
  const linkOf = async (url: string) => (await app.inject({ url })).headers['link'];
  const asked = '</api/v1/functions?windowMs=21600000&costs=false&team=a%3E%2Cb>';
  assert.equal(
    await linkOf('/?range=6h&team=a%3E%2Cb'),
    `${asked}; rel=preload; as=fetch; crossorigin=anonymous`,
  );
  assert.equal(String(await linkOf('/oncall')).split(', ').length, 3);
  assert.equal(await linkOf('/settings'), undefined);
  assert.ok(!String(await linkOf('/?team=x%0d%0aset-cookie:a')).includes('\n'));
});

test('a file with its hash in its name is kept for ever, any other is asked for again', async () => {
  const hashed = await app.inject({ url: '/assets/index-AbCd_123.js' });
  assert.equal(hashed.headers['cache-control'], 'public, max-age=31536000, immutable');
  const plain = await app.inject({ url: '/theme.js' });
  assert.equal(plain.headers['cache-control'], 'no-cache');
});

const encodings = [
  { accept: 'gzip, deflate, br', encoding: 'br', decode: brotliDecompressSync },
  { accept: 'gzip', encoding: 'gzip', decode: gunzipSync },
  { accept: 'br;q=0, gzip;q=0.5', encoding: 'gzip', decode: gunzipSync },
  { accept: 'identity', encoding: undefined, decode: (body: Buffer) => body },
];
for (const { accept, encoding, decode } of encodings)
  test(`"accept-encoding: ${accept}" is answered as ${encoding ?? 'it is'}`, async () => {
    const response = await app.inject({
      url: '/assets/index-AbCd_123.js',
      headers: { 'accept-encoding': accept },
    });
    assert.equal(response.headers['content-encoding'], encoding);
    assert.equal(decode(response.rawPayload).toString(), script);
    assert.equal(response.headers.vary, 'accept-encoding');
  });

test('what the browser has already is not sent again', async () => {
  const { headers } = await app.inject({ url: '/' });
  const again = await app.inject({ url: '/', headers: { 'if-none-match': String(headers.etag) } });
  assert.equal(again.statusCode, 304);
  assert.equal(again.rawPayload.length, 0);
  const changed = await app.inject({ url: '/', headers: { 'if-none-match': '"other"' } });
  assert.equal(changed.statusCode, 200);
});

for (const path of [
  '/../package.json',
  '/assets/../../package.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets//etc/passwd',
  '/secret.env',
  '/assets/',
  '/index.html%00.js',
])
  test(`${path} finds nothing`, async () => {
    const response = await app.inject({ url: path });
    assert.ok(response.statusCode === 404 || response.statusCode === 400, String(response.statusCode));
  });

test('without a build one sentence says what to do', async () => {
  const unbuilt = await appOf(join(directory, 'missing'));
  const response = await unbuilt.inject({ url: '/' });
  assert.equal(response.statusCode, 503);
  assert.match(response.body, /^The web app is not built: run "npm run build"[^\n]*\.\n$/);
  await unbuilt.close();
});
