import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../../../http/create-app.js';
import { listen } from '../../../http/listen.js';
import { createLiveHub } from '../../../query/live/live-hub.js';
import { liveRoutes } from '../../../query/routes/live.js';
import { defaultTenant } from '../../../schemas/access.js';
import { openAccess } from '../../support/app-under-test.js';
import { realAfter } from '../../support/real-after.js';
import { waitUntil } from '../../support/wait-until.js';

async function startLive(maxClients: number) {
  const hub = createLiveHub({ after: realAfter, maxClients });
  const app = createApp({ newId: () => 'id', logger: false, authenticate: async () => openAccess });
  await liveRoutes({ hub })(app);
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  const follow = () => fetch(`${url}/api/v1/live`, { signal: AbortSignal.timeout(10_000) });
  return { hub, close, follow };
}

/** Reads until `wanted` has arrived, or the stream ends. */
async function readUntil(response: Response, wanted: RegExp): Promise<string> {
  let text = '';
  assert.ok(response.body !== null);
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (wanted.test(text)) break;
  }
  return text;
}

test('an insert reaches an open page as a server-sent event', async () => {
  const { hub, close, follow } = await startLive(10);
  const response = await follow();
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  hub.publish({ tenant: defaultTenant, kind: 'inserted', tables: ['invocations'], at: new Date(0) });
  const text = await readUntil(response, /data: .*\n\n/);
  assert.match(text, /^retry: 2000\n/);
  assert.match(
    text,
    /event: inserted\ndata: \{"kind":"inserted","tables":\["invocations"\],"at":"1970-01-01T00:00:00.000Z"\}\n\n/,
  );
  await close(2000);
});

test('closing the server ends open streams instead of waiting for them', async () => {
  const { close, follow } = await startLive(10);
  const response = await follow();
  const [outcome, text] = await Promise.all([close(5000), readUntil(response, /never/)]);
  assert.equal(outcome, 'drained');
  assert.match(text, /: connected/);
});

test('a page that leaves gives its place back, and one too many is told to wait', async () => {
  const { hub, close, follow } = await startLive(1);
  const first = await follow();
  const second = await follow();
  assert.equal(second.status, 503);
  assert.equal(second.headers.get('retry-after'), '10');
  await second.body?.cancel();
  await first.body?.cancel();
  await waitUntil('its place is free', () => hub.stats().clients === 0);
  assert.deepEqual(hub.stats(), { clients: 0, sent: 0, refusedFull: 1, droppedSlow: 0 });
  // The client keeps a spare connection that never asks anything; there is nothing to wait for.
  await close(50);
});
