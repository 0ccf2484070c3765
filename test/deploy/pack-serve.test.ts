import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { installPackedProgram } from '../support/packed-program.js';
import { type ServingProgram, startServing, statusWhenReady } from '../support/serving-program.js';

const installed = installPackedProgram();
let serving: ServingProgram | null = null;

function url(name: 'http' | 'otlpHttp' | 'otlpGrpc', path: string): string {
  const base = serving?.urls.get(name);
  assert.ok(base !== undefined, `no ${name} listener`);
  return new URL(path, base).href;
}

before(async () => {
  serving = await startServing(installed.entry, installed.emptyDir, 60_000);
});
after(() => {
  serving?.kill();
  installed.remove();
});

test('packed serve: in an empty folder it becomes ready, with its data in ./data', async () => {
  assert.equal(await statusWhenReady(url('http', '/readyz'), 40_000), 200, serving?.output());
  assert.ok(existsSync(join(installed.emptyDir, 'data')));
});

test('packed serve: the web app is served, its own script included', async () => {
  const page = await fetch(url('http', '/'));
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  const [, script = ''] = /<script[^>]+src="([^"]+)"/.exec(await page.text()) ?? [];
  assert.notEqual(script, '');
  const asset = await fetch(new URL(script, page.url));
  assert.equal(asset.status, 200);
  assert.match(asset.headers.get('content-type') ?? '', /javascript/);
});

test('packed serve: it takes telemetry on the port it logged', async () => {
  const response = await fetch(url('otlpHttp', '/v1/traces'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [] }),
  });
  assert.equal(response.status, 200);
});

test('packed serve: SIGTERM ends it within 10 s, with exit code 0', async () => {
  assert.equal(await serving?.stop(10_000), 0, serving?.output());
});
