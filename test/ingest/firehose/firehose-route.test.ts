import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Admission } from '../../../ingest/admission.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import type { Verdict } from '../../../schemas/access.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { type Answer, sendRaw } from '../support/raw-http.js';
import { openAccess, runIngest } from '../support/running-ingest.js';
import { cloudWatchRequest, delimited, firehoseBody } from '../support/sample-firehose.js';

const maxBodyBytes = 100_000;
let dir: TempDir;
let ingest: Ingest;
let admission: Admission;
let verdict: Verdict;
let presented: string | null;
let nextId = 0;

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined, {
    config: { maxBodyBytes },
    admission: () => admission,
    authorize: async (key) => {
      presented = key;
      return verdict;
    },
  });
});
beforeEach(() => {
  admission = { kind: 'open' };
  verdict = { kind: 'granted', access: openAccess };
});
after(async () => {
  await ingest?.stop(2000);
  await dir?.remove();
});

const freshId = () => `00000000-0000-4000-8000-${String(nextId++).padStart(12, '0')}`;
const record = () => delimited(cloudWatchRequest());

function deliver(body: Buffer, headers: Record<string, string>, method = 'POST'): Promise<Answer> {
  const all = { 'content-type': 'application/json', 'content-length': String(body.length), ...headers };
  return sendRaw(ingest.port, body, all, { path: '/v1/firehose', method });
}

const idHeader = (id: string) => ({ 'x-amz-firehose-request-id': id });
const FirehoseAnswer = z.strictObject({
  requestId: z.string(),
  timestamp: z.int(),
  errorMessage: z.string().min(10).optional(),
});

/** Firehose takes any deviation from this for a failure. */
function envelope(answer: Answer): z.infer<typeof FirehoseAnswer> {
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(answer.headers['content-length'], String(answer.body.length));
  assert.equal(answer.headers['content-encoding'], undefined);
  return FirehoseAnswer.parse(JSON.parse(answer.body.toString()));
}

const accepted = () => ingest.stats().counts.signals.metrics.acceptedItems;

test('a delivery is acknowledged in the exact envelope, its key taken from the access key header', async () => {
  const id = freshId();
  const before = accepted();
  const body = firehoseBody(id, [Buffer.concat([record(), record()]), Buffer.alloc(0), record()]);
  const answer = await deliver(body, { ...idHeader(id), 'x-amz-firehose-access-key': 'cbk_1' });
  assert.equal(answer.status, 200);
  const { requestId, errorMessage } = envelope(answer);
  assert.deepEqual({ requestId, errorMessage }, { requestId: id, errorMessage: undefined });
  assert.equal(presented, 'cbk_1');
  assert.equal(accepted(), before + 3);
});

test('a bearer key and gzip are fine too', async () => {
  const id = freshId();
  const headers = { ...idHeader(id), authorization: 'Bearer cbk_2', 'content-encoding': 'gzip' };
  const answer = await deliver(gzipSync(firehoseBody(id, [record()])), headers);
  assert.equal(answer.status, 200);
  assert.equal(presented, 'cbk_2');
});

test('a delivery that comes again, at once or later, is acknowledged and not stored again', async () => {
  const id = freshId();
  const before = { accepted: accepted(), duplicates: ingest.stats().counts.duplicateRequests };
  const body = firehoseBody(id, [record()]);
  const answers = await Promise.all([deliver(body, idHeader(id)), deliver(body, idHeader(id))]);
  answers.push(await deliver(body, idHeader(id)));
  assert.deepEqual(
    answers.map((answer) => ({ status: answer.status, id: envelope(answer).requestId })),
    [1, 2, 3].map(() => ({ status: 200, id })),
  );
  assert.equal(accepted(), before.accepted + 1);
  assert.equal(ingest.stats().counts.duplicateRequests, before.duplicates + 2);
});

test('a delivery refused once is stored when it comes again', async () => {
  const id = freshId();
  const before = accepted();
  const body = firehoseBody(id, [record()]);
  admission = { kind: 'closed', reason: 'The disk is almost full', retryAfterSeconds: 30 };
  const refused = await deliver(body, idHeader(id));
  assert.equal(refused.status, 503);
  assert.equal(envelope(refused).errorMessage, 'The disk is almost full');
  admission = { kind: 'open' };
  assert.equal((await deliver(body, idHeader(id))).status, 200);
  assert.equal(accepted(), before + 1);
});

const good = record();
const faults: {
  name: string;
  make: (id: string) => Buffer;
  headers?: Record<string, string>;
  status?: number;
  says: RegExp;
}[] = [
  { name: 'another id in the body', make: () => firehoseBody(freshId(), [good]), says: /but the header/ },
  { name: 'no id in the body', make: () => Buffer.from('{"records":[]}'), says: /requestId/ },
  { name: 'no records', make: (requestId) => Buffer.from(JSON.stringify({ requestId })), says: /records/ },
  { name: 'a body that is no JSON', make: () => Buffer.from('{'), says: /no Firehose request/ },
  {
    name: 'a record that is not base64',
    make: (requestId) =>
      Buffer.from(JSON.stringify({ requestId, timestamp: 1, records: [{ data: 'a%b=' }] })),
    says: /Record 0 is not base64/,
  },
  {
    name: 'a length beyond the record',
    make: (id) => firehoseBody(id, [good, good.subarray(0, -1)]),
    says: /Record 1 .*past the end/,
  },
  {
    name: 'a length that never ends',
    make: (id) => firehoseBody(id, [Buffer.alloc(12, 0xff)]),
    says: /Record 0 .*ten bytes/,
  },
  {
    name: 'a length that is cut off',
    make: (id) => firehoseBody(id, [Buffer.from([0x80])]),
    says: /Record 0 .*cut off/,
  },
  {
    name: 'a message that is none',
    make: (id) => firehoseBody(id, [good, delimited(Buffer.from([0x0f]))]),
    says: /byte/,
  },
  {
    name: 'common attributes that are none',
    make: (id) => firehoseBody(id, [good]),
    headers: { 'x-amz-firehose-common-attributes': '[]' },
    says: /Common-Attributes/,
  },
  {
    name: 'a body over the limit',
    make: (id) => firehoseBody(id, [Buffer.alloc(maxBodyBytes)]),
    status: 413,
    says: /larger/,
  },
];

for (const { name, make, headers, status = 400, says } of faults) {
  test(`${name} is refused with ${status} and a sentence, and nothing of it is stored`, async () => {
    const id = freshId();
    const before = accepted();
    const answer = await deliver(make(id), { ...idHeader(id), ...headers });
    assert.equal(answer.status, status);
    const { requestId, errorMessage } = envelope(answer);
    assert.equal(requestId, id);
    assert.match(errorMessage ?? '', says);
    assert.equal(accepted(), before);
  });
}

test('without the request id header nothing is taken', async () => {
  const answer = await deliver(firehoseBody(freshId(), [record()]), {});
  assert.equal(answer.status, 400);
  assert.match(envelope(answer).errorMessage ?? '', /X-Amz-Firehose-Request-Id/);
});

for (const [name, refusal, status] of [
  ['without an access key', { kind: 'missing' }, 401],
  ['with an unknown access key', { kind: 'unknown' }, 401],
] as const) {
  test(`a delivery ${name} is refused in the envelope`, async () => {
    verdict = { kind: 'refused', refusal };
    const id = freshId();
    const answer = await deliver(firehoseBody(id, [record()]), idHeader(id));
    assert.equal(answer.status, status);
    assert.equal(envelope(answer).requestId, id);
  });
}

test('an empty access key header is no key', async () => {
  const id = freshId();
  await deliver(firehoseBody(id, []), { ...idHeader(id), 'x-amz-firehose-access-key': '' });
  assert.equal(presented, null);
});

test('another method is refused with 405', async () => {
  assert.equal((await deliver(Buffer.alloc(0), {}, 'PUT')).status, 405);
});
