import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { z } from 'zod';
import { followCallers } from '../../http/callers.js';
import { createApp } from '../../http/create-app.js';
import { listen } from '../../http/listen.js';
import { openAccess } from '../support/app-under-test.js';

test('who leaves before the answer is known to have left; who gets it, or changes something, is not', async () => {
  const callers = followCallers();
  const signals: (AbortSignal | null)[] = [];
  const asked = new EventTarget();
  let answer = () => {};
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => openAccess });
  callers.follow(app);
  for (const method of ['GET', 'POST'] as const)
    app.route({
      method,
      url: '/slow',
      config: { needs: 'viewer', summary: 'Answers when told to' },
      schema: { response: { 200: z.object({ done: z.boolean() }) } },
      handler: async () => {
        const answered = new Promise<void>((resolve) => {
          answer = resolve;
        });
        // Behind a wait, as questions to the engine are.
        await Promise.resolve();
        signals.push(callers.current());
        asked.dispatchEvent(new Event('asked'));
        await answered;
        return { done: true };
      },
    });
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  try {
    const isAsked = () => once(asked, 'asked');
    const stays = Promise.all([isAsked(), fetch(`${url}/slow`).then((response) => response.json())]);
    await isAsked();
    answer();
    await stays;
    const leaving = new AbortController();
    const leaves = fetch(`${url}/slow`, { signal: leaving.signal }).catch(() => 'left');
    await isAsked();
    const [stayed, left] = signals;
    assert.ok(stayed != null && left != null);
    const noticed = once(left, 'abort');
    leaving.abort();
    assert.equal(await leaves, 'left');
    await noticed;
    answer();
    assert.equal(stayed.aborted, false);
    const changes = fetch(`${url}/slow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await isAsked();
    answer();
    assert.equal((await changes).status, 200);
    assert.equal(signals[2], null);
    assert.equal(callers.current(), null);
  } finally {
    await close(1000);
  }
});
