import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { after, before, beforeEach, test } from 'node:test';
import type { Admission } from '../../../ingest/admission.js';
import type { Ingest } from '../../../ingest/start-ingest.js';
import { Tenant, type Verdict } from '../../../schemas/access.js';
import { type TempDir, tempDir } from '../../support/temp-dir.js';
import { sendRaw, statusMessage, type Target } from '../support/raw-http.js';
import { openAccess, runIngest } from '../support/running-ingest.js';
import { goodSpan, jsonRequest as jsonBody } from '../support/sample-span.js';

const recent = {
  ...goodSpan,
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now() + 5}000000`,
};
const json = { 'content-type': 'application/json' };
const protobuf = { 'content-type': 'application/x-protobuf' };
const good = jsonBody([recent]);

let dir: TempDir;
let ingest: Ingest;
let admission: Admission;
let verdict: Verdict;
let presented: string | null;

const send = (body: Buffer | readonly Buffer[] | null, headers: Record<string, string>, options?: Target) =>
  sendRaw(ingest.port, body, headers, options);

before(async () => {
  dir = await tempDir();
  ingest = await runIngest(dir.path, async () => undefined, {
    config: { corsAllowedOrigins: ['https://*.example.com'] },
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

const verdicts: { verdict: Verdict; status: number; retryAfter?: string }[] = [
  { verdict: { kind: 'refused', refusal: { kind: 'missing' } }, status: 401 },
  { verdict: { kind: 'refused', refusal: { kind: 'unknown' } }, status: 401 },
  { verdict: { kind: 'refused', refusal: { kind: 'revoked' } }, status: 401 },
  {
    verdict: { kind: 'refused', refusal: { kind: 'throttled', retryAfterSeconds: 7 } },
    status: 429,
    retryAfter: '7',
  },
  { verdict: { kind: 'granted', access: { ...openAccess, role: 'viewer' } }, status: 403 },
];
for (const { verdict: given, status, retryAfter } of verdicts) {
  test(`a caller who is ${JSON.stringify(given)} gets ${status}`, async () => {
    verdict = given;
    const answer = await send(good, protobuf);
    assert.equal(answer.status, status);
    assert.ok(statusMessage(answer).length > 0);
    assert.equal(answer.headers['retry-after'], retryAfter);
    assert.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer' : undefined);
  });
}

test('the key is read from Authorization or x-api-key, and its tenant owns the rows', async () => {
  verdict = { kind: 'granted', access: { tenant: Tenant.parse('acme'), role: 'ingest', keyId: 'k' } };
  await send(good, { ...json, authorization: 'bearer cbk_1' });
  assert.equal(presented, 'cbk_1');
  await send(good, { ...json, 'x-api-key': 'cbk_2', 'user-agent': 'acme-sdk/1' });
  assert.equal(presented, 'cbk_2');
  assert.equal(ingest.ofTenant('acme').senders[0]?.items, 1);
});

test('while data is not taken, 503 with Retry-After and the reason', async () => {
  admission = { kind: 'closed', reason: 'The disk is almost full', retryAfterSeconds: 30 };
  const answer = await send(good, json);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '30');
  assert.equal(statusMessage(answer), 'The disk is almost full');
});

test('a preflight is answered 204 even when the key would be refused', async () => {
  verdict = { kind: 'refused', refusal: { kind: 'missing' } };
  const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };
  const answer = await send(null, headers, { method: 'OPTIONS' });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example.com');
  assert.match(String(answer.headers['access-control-allow-headers']), /content-type/);
});

test('a browser on a foreign origin gets no leave', async () => {
  const answer = await send(good, { ...json, origin: 'https://example.com.evil.org' });
  assert.equal(answer.headers['access-control-allow-origin'], undefined);
});
