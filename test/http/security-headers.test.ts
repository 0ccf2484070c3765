import assert from 'node:assert/strict';
import { test } from 'node:test';
import { securityHeaders } from '../../http/security-headers.js';

const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

test('security headers: the policy is strict, with nothing inline and nobody framing', () => {
  const policy = securityHeaders('/', 'http')['content-security-policy'] ?? '';
  assert.deepEqual(policy.split('; ').sort(), [...directives].sort());
});

test('security headers: HSTS only where there is TLS', () => {
  assert.equal(securityHeaders('/', 'http')['strict-transport-security'], undefined);
  assert.match(securityHeaders('/', 'https')['strict-transport-security'] ?? '', /^max-age=\d{8}$/);
});

test('security headers: API answers are not kept by caches, assets may be', () => {
  assert.equal(securityHeaders('/api/v1/slos', 'http')['cache-control'], 'no-store');
  assert.equal(securityHeaders('/assets/app.js', 'http')['cache-control'], undefined);
});
