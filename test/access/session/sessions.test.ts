import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StoredKey } from '../../../access/keys/fold-keys.js';
import { readSessionCookie, setSessionCookie } from '../../../access/session/session-cookie.js';
import { createSessions } from '../../../access/session/sessions.js';
import { Tenant } from '../../../schemas/access.js';

const lifetimeMs = 3_600_000;
const tenant = Tenant.parse('tenant-a');
const key: StoredKey = {
  keyId: 'k1',
  tenant,
  name: 'n',
  role: 'operator',
  secretSha256: '',
  createdAt: new Date(0),
  createdBy: 'cli',
  revokedAt: null,
};

function fixture(secret = Buffer.alloc(32, 1)) {
  const clock = { now: new Date(1_000_000) };
  const keys = new Map([[key.keyId, key]]);
  const sessions = createSessions({
    secret,
    find: (keyId) => keys.get(keyId),
    now: () => clock.now,
    lifetimeMs,
  });
  return { clock, keys, sessions };
}

test('sessions: a token gives the access of its key, also in another process with the same secret', () => {
  const token = fixture().sessions.issue(key);
  assert.deepEqual(fixture().sessions.verify(token), { tenant, role: 'operator', keyId: 'k1' });
});

test('sessions: a token of another installation is nothing', () => {
  const token = fixture().sessions.issue(key);
  assert.equal(fixture(Buffer.alloc(32, 2)).sessions.verify(token), null);
});

test('sessions: a token ends when its time is up', () => {
  const { sessions, clock } = fixture();
  const token = sessions.issue(key);
  clock.now = new Date(1_000_000 + lifetimeMs - 1);
  assert.notEqual(sessions.verify(token), null);
  clock.now = new Date(1_000_000 + lifetimeMs);
  assert.equal(sessions.verify(token), null);
});

test('sessions: a token ends with its key', () => {
  const { sessions, keys } = fixture();
  const token = sessions.issue(key);
  keys.set('k1', { ...key, revokedAt: new Date(1) });
  assert.equal(sessions.verify(token), null);
  keys.clear();
  assert.equal(sessions.verify(token), null);
});

test('sessions: no changed character survives', () => {
  const { sessions } = fixture();
  const token = sessions.issue(key);
  fc.assert(
    fc.property(fc.nat(token.length - 2), fc.constantFrom('.', '0', 'a', '_'), (at, char) => {
      fc.pre(token.charAt(at) !== char);
      assert.equal(sessions.verify(token.slice(0, at) + char + token.slice(at + 1)), null);
    }),
  );
});

test('sessions: arbitrary text is no token', () => {
  const { sessions } = fixture();
  fc.assert(fc.property(fc.string(), (text) => assert.equal(sessions.verify(text), null)));
});

test('session cookie: scripts and foreign pages are kept out, and TLS asked for where there is TLS', () => {
  const cookie = setSessionCookie('token', { maxAgeSeconds: 60, isSecure: true });
  for (const word of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Max-Age=60', 'Path=/'])
    assert.ok(cookie.split('; ').includes(word), word);
  assert.ok(!setSessionCookie('token', { maxAgeSeconds: 60, isSecure: false }).includes('Secure'));
});

const headers = [
  { name: 'alone', header: 'coldburn_session=abc.d', token: 'abc.d' },
  { name: 'among others', header: 'a=1; coldburn_session=abc; b=2', token: 'abc' },
  { name: 'not a longer name', header: 'xcoldburn_session=abc', token: null },
  { name: 'absent', header: undefined, token: null },
  { name: 'nonsense', header: ';;=;', token: null },
];
for (const { name, header, token } of headers)
  test(`session cookie: read from a header, ${name}`, () => assert.equal(readSessionCookie(header), token));
