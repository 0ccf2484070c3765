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
