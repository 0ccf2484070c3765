import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { createApp } from '../../http/create-app.js';

const Rows = z.object({ rows: z.array(z.string()) });
const long = { rows: Array.from({ length: 500 }, (_, i) => `row number ${i} — ünïcödé`) };

async function ask(path: string, acceptEncoding: string) {
  const app = createApp({ newId: () => 'id', logger: false });
  const config = { needs: 'public' } as const;
  app.get('/long', { config, schema: { response: { 200: Rows } } }, async () => long);
  app.get('/short', { config, schema: { response: { 200: Rows } } }, async () => ({ rows: [] }));
  const answer = await app.inject({ url: path, headers: { 'accept-encoding': acceptEncoding } });
  await app.close();
  return answer;
}

const codings = [
  { accepts: 'gzip, br', encoding: 'br', decode: brotliDecompressSync },
  { accepts: 'gzip;q=0.5, deflate', encoding: 'gzip', decode: gunzipSync },
  { accepts: 'br;q=0, gzip', encoding: 'gzip', decode: gunzipSync },
  { accepts: 'identity', encoding: undefined, decode: (bytes: Buffer) => bytes },
];
for (const { accepts, encoding, decode } of codings) {
  test(`compressAnswers: a client that takes "${accepts}" gets ${encoding ?? 'plain text'}, whole`, async () => {
    const answer = await ask('/long', accepts);
    assert.equal(answer.headers['content-encoding'], encoding);
    assert.equal(answer.headers['vary'], 'accept-encoding');
    assert.equal(Number(answer.headers['content-length']), answer.rawPayload.length);
    assert.deepEqual(JSON.parse(decode(answer.rawPayload).toString('utf8')), long);
  });
}

test('compressAnswers: a short answer is left alone', async () => {
  const answer = await ask('/short', 'br');
  assert.equal(answer.headers['content-encoding'], undefined);
  assert.equal(answer.body, '{"rows":[]}');
});
