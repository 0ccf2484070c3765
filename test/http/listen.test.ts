import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createApp } from '../../http/create-app.js';
import { listen } from '../../http/listen.js';
import { Problem } from '../../schemas/problem.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { ZodApp } from '../../schemas/zod-http.js';

const settingName = 'COLDBURN_HTTP';
const config = { needs: 'public' } as const;

function newApp(): ZodApp {
  return createApp({ newId: () => 'made-id', logger: false });
}

test('listen: port 0 picks a port, tells it, and answers there', async () => {
  const app = newApp();
  app.get('/alive', { config }, async () => 'yes');
  const listening = await listen(app, { host: '127.0.0.1', port: 0, settingName });
  assert.ok(listening.port > 0);
  const answer = await fetch(`${listening.url}/alive`);
  assert.equal(await answer.text(), 'yes');
  assert.equal(await listening.close(2000), 'drained');
});

test('listen: a port in use is refused with the setting to change', async () => {
  const first = await listen(newApp(), { host: '127.0.0.1', port: 0, settingName });
  const second = newApp();
  await assert.rejects(listen(second, { host: '127.0.0.1', port: first.port, settingName }), (error) => {
    assert.ok(error instanceof StartupError);
    assert.match(error.message, new RegExp(`127.0.0.1:${first.port} is already in use.*COLDBURN_HTTP`));
    return true;
  });
  await second.close();
  await first.close(2000);
});

test('listen: an address of another machine is refused with the setting to change', async () => {
  const app = newApp();
  // TEST-NET-1 of RFC 5737 belongs to nobody.
  await assert.rejects(listen(app, { host: '192.0.2.1', port: 0, settingName }), (error) => {
    assert.ok(error instanceof StartupError);
    assert.match(error.message, /192\.0\.2\.1:0 is not an address of this machine: set COLDBURN_HTTP/);
    return true;
  });
  await app.close();
});

test('listen: closing finishes a request in flight, also on a kept-alive connection', async () => {
  const gate = new EventEmitter();
  const entered = once(gate, 'entered');
  const app = newApp();
  app.get('/slow', { config }, async () => {
    gate.emit('entered');
    await once(gate, 'open');
    return 'done';
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0, settingName });
  const agent = new Agent({ keepAlive: true });
  const answered = new Promise<number>((resolve, reject) => {
    get(`${listening.url}/slow`, { agent }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    }).on('error', reject);
  });
  await entered;
  const closed = listening.close(5000);
  gate.emit('open');
  assert.equal(await answered, 200);
  assert.equal(await closed, 'drained');
  await assert.rejects(fetch(`${listening.url}/slow`), 'nothing is accepted any more');
  agent.destroy();
});

test('listen: what is still open after the deadline is cut', async () => {
  const gate = new EventEmitter();
  const entered = once(gate, 'entered');
  const app = newApp();
  app.get('/never', { config }, async () => {
    gate.emit('entered');
    return new Promise<string>(() => undefined);
  });
  const listening = await listen(app, { host: '127.0.0.1', port: 0, settingName });
  const refused = assert.rejects(fetch(`${listening.url}/never`));
  await entered;
  assert.equal(await listening.close(50), 'cut');
  await refused;
});

test('listen: bytes that are not HTTP are answered with a Problem', async () => {
  const listening = await listen(newApp(), { host: '127.0.0.1', port: 0, settingName });
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(listening.port, '127.0.0.1', () => socket.write('EHLO mail\r\n\r\n'));
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
  const [head = '', body = ''] = text.split('\r\n\r\n');
  assert.match(head, /^HTTP\/1\.1 400 /);
  assert.equal(Problem.parse(JSON.parse(body)).code, 'BAD_REQUEST');
  await listening.close(2000);
});

test('listen: a connection that never sent a request does not hold up the close', async () => {
  const listening = await listen(newApp(), { host: '127.0.0.1', port: 0, settingName });
  const early = connect(listening.port, '127.0.0.1');
  await once(early, 'connect');
  const closed = once(early, 'close');
  assert.equal(await listening.close(5_000), 'drained');
  await closed;
});
