import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyTest, secretKeyWords, valueRules } from '../../../ingest/redact/redaction-rules.js';

const isSecret = keyTest([...secretKeyWords, 'pin']);

const secretKeys = [
  'authorization',
  'http.request.header.authorization',
  'http.request.header.cookie',
  'http.response.header.set-cookie',
  'DB_PASSWORD',
  'db.password',
  'passwd',
  'accessToken',
  'x-api-key',
  'apiKey',
  'clientSecretValue',
  'aws.credentials',
  'user.pin',
];
for (const key of secretKeys) test(`"${key}" is the key of a secret`, () => assert.ok(isSecret(key)));

const harmless = [
  'gen_ai.usage.input_tokens',
  'gen_ai.token.type',
  'secretary',
  'http.route',
  'ping',
  'TOKENS',
];
for (const key of harmless) test(`"${key}" is not`, () => assert.equal(isSecret(key), false));

const texts = [
  { rule: 'bearer-tokens', text: 'sent Bearer abc.def-123456= to', left: 'sent * to' },
  { rule: 'bearer-tokens', text: 'the bearer of news', left: 'the bearer of news' },
  { rule: 'aws-keys', text: 'key AKIAIOSFODNN7EXAMPLE used', left: 'key * used' },
  { rule: 'jwts', text: 'got eyJhbGciOi.eyJzdWIiOiI.c2ln!', left: 'got *!' },
  { rule: 'jwts', text: 'a-eyJhbGciOi.eyJzdWIiOiI', left: 'a-*' },
  { rule: 'jwts', text: 'v1.eyJhbGciOi.eyJzdWIiOiI.c2ln', left: 'v1.*' },
  { rule: 'jwts', text: 'eyJa.eyJb.eyJc.eyJd.eyJe', left: '*.*' },
  { rule: 'jwts', text: 'beyJa.eyJb and eyJ.eyJc', left: 'beyJa.eyJb and eyJ.eyJc' },
  {
    rule: 'private-keys',
    text: 'a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b',
    left: 'a * b',
  },
  { rule: 'private-keys', text: 'cut -----BEGIN PRIVATE KEY-----\nMII', left: 'cut *' },
  { rule: 'cards', text: 'card 4111 1111 1111 1111 order 1234567890123', left: 'card * order 1234567890123' },
  { rule: 'emails', text: 'mail ann.b+c@shop.example.org now', left: 'mail * now' },
];
for (const { rule, text, left } of texts) {
  test(`${rule}: "${text}" becomes "${left}"`, () => {
    const found = valueRules.find(({ name }) => name === rule);
    assert.equal(
      found?.replace(text, () => '*'),
      left,
    );
  });
}

const tedious = [
  { rule: 'jwts', text: `.eyJ ${'eyJ-'.repeat(250_000)}` },
  { rule: 'jwts', text: `${'eyJa.'.repeat(200_000)}` },
  { rule: 'emails', text: `@ ${'a'.repeat(1_000_000)}` },
  { rule: 'emails', text: 'a@b.'.repeat(250_000) },
  { rule: 'private-keys', text: '-----BEGIN A'.repeat(80_000) },
  { rule: 'bearer-tokens', text: `bearer${' '.repeat(1_000_000)}` },
  { rule: 'cards', text: '4111 1111 1111 111 '.repeat(50_000) },
];
for (const { rule, text } of tedious) {
  test(`${rule}: a megabyte of "${text.slice(0, 12)}…" is read in well under a second`, () => {
    const found = valueRules.find(({ name }) => name === rule);
    const startedMs = performance.now();
    assert.ok((found?.replace(text, () => '*').length ?? 0) > 0);
    assert.ok(performance.now() - startedMs < 1000);
  });
}
