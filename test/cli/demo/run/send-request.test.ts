import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendRequest } from '../../../../cli/demo/run/send-request.js';
import type { ExportRequest } from '../../../../cli/demo/send/export-request.js';

const request: ExportRequest = {
  sender: 'cloudflare',
  contentType: 'application/json',
  signal: 'traces',
  by: 'http',
  requestId: null,
  userAgent: 'test',
  body: Buffer.from('{}'),
  items: 3,
};

/** Answers with these responses in turn; returns the result and how long the sender waited in between. */
async function sendInto(responses: (() => Response)[], contentType = request.contentType) {
  const waits: number[] = [];
  const headers: Headers[] = [];
  const result = await sendRequest(
    { url: 'http://receiver.test:4318', key: 'cbk_test' },
    { ...request, contentType },
    new AbortController().signal,
    {
      fetch: async (_url, init) => {
        headers.push(new Headers(init?.headers));
        const next = responses.shift();
        if (next === undefined)
          throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
        return next();
      },
      wait: async (ms) => {
        waits.push(ms);
      },
    },
  );
  return { result, waits, headers };
}

test('sendRequest: waits as long as the receiver says, then sends again with its key', async () => {
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '2' } });
  const { result, waits, headers } = await sendInto([busy, () => new Response('{}')]);
  assert.deepEqual(result, { kind: 'stored', rejectedItems: 0 });
  assert.deepEqual(waits, [2000]);
  assert.equal(headers[1]?.get('authorization'), 'Bearer cbk_test');
});

test('sendRequest: reads how many spans a partial success refused', async () => {
  const partly = () => new Response('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old"}}');
  assert.deepEqual((await sendInto([partly])).result, { kind: 'stored', rejectedItems: 2 });
});

test('sendRequest: a refusal for good is not repeated', async () => {
  const { result, waits } = await sendInto([() => new Response('no such key', { status: 401 })]);
  assert.deepEqual(result, { kind: 'refused', status: 401, message: 'no such key' });
  assert.deepEqual(waits, []);
});

test('sendRequest: nobody there is said after five attempts', async () => {
  const { result, waits } = await sendInto([]);
  assert.deepEqual(result, { kind: 'unreachable', message: 'connect ECONNREFUSED' });
  assert.equal(waits.length, 4);
});
