import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressGuard, networkOf } from '../../../alerting/outgoing/address-guard.js';
import { AddressRefused } from '../../../alerting/outgoing/guarded-lookup.js';
import { httpExchange } from '../../../alerting/outgoing/http-exchange.js';
import type { OutRequest } from '../../../alerting/receivers/receiver.js';
import { recordingServer } from '../../support/recording-server.js';

const get = (url: string): OutRequest => ({ method: 'GET', url, headers: {}, body: null });
const noNames = async () => {
  throw new Error('no name is asked for');
};

const addresses = [
  ...['8.8.8.8', '93.184.216.34', '2606:4700::1111', '172.32.0.1', '100.128.0.1'].map((ip) => ({
    ip,
    is: true,
  })),
  ...[
    '127.0.0.1',
    '127.8.8.8',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ].map((ip) => ({ ip, is: false })),
  ...[
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
  ].map((ip) => ({ ip, is: false })),
  ...['224.0.0.1', '255.255.255.255', 'not an address', ''].map((ip) => ({ ip, is: false })),
];
for (const { ip, is } of addresses)
  test(`addressGuard: ${ip || 'nothing'} is ${is ? 'public' : 'refused'}`, () =>
    assert.equal(addressGuard([])(ip), is));

test('addressGuard: only what is allowed is allowed', () => {
  const guard = addressGuard(['10.1.0.0/16', 'fd00::/8', '127.0.0.1']);
  const seen = ['10.1.2.3', '10.2.0.1', 'fd12::1', '127.0.0.1', '127.0.0.2', '::ffff:10.1.0.9'].map(guard);
  assert.deepEqual(seen, [true, false, true, true, false, true]);
  assert.deepEqual(
    ['10.1.0.0/33', 'x', '::1/129', '10.0.0.0/8', '::1'].map((text) => networkOf(text) !== null),
    [false, false, false, true, true],
  );
});

test('a request goes to the address that was looked at, with the name it was for, and a redirect is only an answer', async () => {
  const server = await recordingServer(() => ({
    status: 302,
    headers: { location: 'http://169.254.169.254/' },
    body: 'go',
  }));
  try {
    const asked: string[] = [];
    // A name that stands for a private address the second time it is asked: it is asked once.
    const resolve = async (host: string) => {
      asked.push(host);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    const exchange = httpExchange({ isAllowed: addressGuard(['127.0.0.1']), resolve, timeoutMs: 5000 });
    const answer = await exchange({
      method: 'POST',
      url: `http://hooks.example:${server.port}/a?b=c`,
      headers: { x: 'y' },
      body: 'grüße',
    });
    assert.deepEqual([answer.status, answer.text, asked], [302, 'go', ['hooks.example']]);
    const [request] = server.requests;
    assert.deepEqual(
      [server.requests.length, request?.method, request?.path, request?.body],
      [1, 'POST', '/a?b=c', 'grüße'],
    );
    assert.equal(request?.headers.host, `hooks.example:${server.port}`);
  } finally {
    await server.close();
  }
});

test('nothing is sent to addresses that are not public, by number or by name', async () => {
  const server = await recordingServer(() => ({ status: 200 }));
  try {
    const guarded = (resolve: () => Promise<{ address: string; family: number }[]>) =>
      httpExchange({ isAllowed: addressGuard([]), resolve, timeoutMs: 5000 });
    await assert.rejects(guarded(noNames)(get(server.url)), AddressRefused);
    await assert.rejects(guarded(noNames)(get('http://[::ffff:127.0.0.1]/')), AddressRefused);
    await assert.rejects(
      guarded(noNames)(get('http://2130706433/')),
      AddressRefused,
      'another way of writing 127.0.0.1',
    );
    const inside = guarded(async () => [{ address: '127.0.0.1', family: 4 }]);
    await assert.rejects(
      inside(get(`http://hooks.example:${server.port}/`)),
      /hooks.example is 127.0.0.1, which is not public/,
    );
    await assert.rejects(guarded(noNames)(get('file:///etc/passwd')), /begins with file:/);
    assert.equal(server.requests.length, 0);
  } finally {
    await server.close();
  }
});

test('an answer that does not come ends in time, and one that does not end is cut', async () => {
  const silent = await recordingServer(() => null);
  const endless = await recordingServer(() => ({ status: 200, body: 'x'.repeat(3 * 1024 * 1024) }));
  try {
    const exchange = httpExchange({
      isAllowed: addressGuard(['127.0.0.1']),
      resolve: noNames,
      timeoutMs: 150,
    });
    await assert.rejects(exchange(get(silent.url)), /no whole answer within 150 ms/);
    const patient = httpExchange({
      isAllowed: addressGuard(['127.0.0.1']),
      resolve: noNames,
      timeoutMs: 10_000,
    });
    const { status, text } = await patient(get(endless.url));
    assert.equal(status, 200);
    assert.ok(text.length <= 1024 * 1024);
    const stuck = httpExchange({
      isAllowed: addressGuard([]),
      resolve: () => new Promise(() => undefined),
      timeoutMs: 100,
    });
    await assert.rejects(stuck(get('http://slow.example/')), /no address within 100 ms/);
  } finally {
    await silent.close();
    await endless.close();
  }
});
