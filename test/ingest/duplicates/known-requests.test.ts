import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownRequests } from '../../../ingest/duplicates/known-requests.js';
import { bodyMark, decodeMarks, deliveryMark, encodeMarks } from '../../../ingest/duplicates/request-mark.js';

const atMs = 1_700_000_000_000;
const limits = { keepMs: 1000, maxKeys: 100 };
const mark = bodyMark('default', 'traces', Buffer.from('a body'), atMs);
const always = () => true;

test('whoever comes while the first try is under way waits for it, and tries himself when it fails', async () => {
  const known = new KnownRequests({ body: limits, delivery: limits });
  const tries: ((error?: Error) => void)[] = [];
  const store = () =>
    new Promise<void>((resolve, reject) => {
      tries.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  const outcomes = [1, 2, 3].map(() =>
    known.once(mark, store, always).then(
      ({ kind }) => kind,
      () => 'failed',
    ),
  );
  assert.equal(tries.length, 1);
  tries[0]?.(new Error('the disk is full'));
  assert.equal(await outcomes[0], 'failed');
  await new Promise(setImmediate);
  assert.equal(tries.length, 2);
  tries[1]?.();
  assert.deepEqual(await Promise.all(outcomes), ['failed', 'stored', 'duplicate']);
});

test('a request of which nothing was kept is answered anew each time', async () => {
  const known = new KnownRequests({ body: limits, delivery: limits });
  const outcomes = [];
  for (let time = 0; time < 2; time++)
    outcomes.push(
      await known.once(
        mark,
        async () => 0,
        (rows) => rows > 0,
      ),
    );
  assert.deepEqual(outcomes, [
    { kind: 'stored', result: 0 },
    { kind: 'stored', result: 0 },
  ]);
});

test('the same bytes of another tenant or signal are another request', () => {
  const body = Buffer.from('a body');
  const keys = [
    bodyMark('default', 'traces', body, atMs),
    bodyMark('other', 'traces', body, atMs),
    bodyMark('default', 'logs', body, atMs),
    deliveryMark('default', 'a body', atMs),
  ].map(({ key }) => key.toString('hex'));
  assert.equal(new Set(keys).size, keys.length);
});

test('marks are read back as they were written', () => {
  const marks = [mark, deliveryMark('default', 'd1', atMs + 5)];
  assert.deepEqual(decodeMarks(encodeMarks(marks)), marks);
});
