import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyRing } from '../../../access/keys/key-ring.js';
import { remoteKeyAdmin } from '../../../access/keys/remote-key-admin.js';
import { storedKeyAdmin } from '../../../access/keys/stored-key-admin.js';
import { type TokenDeps, token } from '../../../cli/commands/token.js';
import { listen } from '../../../http/listen.js';
import { ApiKey, ApiKeys, CreatedApiKey } from '../../../schemas/api-key.js';
import { StartupError } from '../../../schemas/startup-error.js';
import { accessFixture } from '../../access/access-fixture.js';
import { countingBytes, memoryKeyStore } from '../../access/memory-key-store.js';

function fixture(deps: Partial<TokenDeps> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const store = memoryKeyStore();
  const randomBytes = countingBytes();
  const calls = { closed: 0 };
  const all: TokenDeps = {
    io: { out: (line) => out.push(line), err: (line) => err.push(line) },
    openStored: async () => {
      const ring = await openKeyRing(store);
      const now = () => new Date('2026-03-01T00:00:00Z');
      const admin = storedKeyAdmin({ store, ring, now, randomBytes }, { actor: 'cli', tenant: null });
      return {
        admin,
        close: async () => {
          calls.closed += 1;
        },
      };
    },
    connect: (url, key) => remoteKeyAdmin({ url, key, fetch: globalThis.fetch, timeoutMs: 5000 }),
    read: async () => {
      throw new Error('no file was expected to be read');
    },
    ...deps,
  };
  const run = (...args: string[]) => {
    out.length = 0;
    err.length = 0;
    return token(args, all);
  };
  return { out, err, run, calls };
}

test('token create: prints the key alone on out, so that it can be piped, and the rest on err', async () => {
  const { run, out, err, calls } = fixture();
  assert.equal(await run('create', '--role', 'viewer', '--name', 'grafana'), 0);
  assert.equal(out.length, 1);
  assert.match(out[0] ?? '', /^cbk_\w{12}_\w{38}$/);
  assert.match(err.join(' '), /"grafana", role viewer, tenant default.*not shown again/);
  assert.equal(calls.closed, 1);
});

test('token create: with the store in hand, any tenant', async () => {
  const { run, out } = fixture();
  await run('create', '--role', 'admin', '--name', 'n', '--tenant', 'acme', '--json');
  assert.equal(CreatedApiKey.parse(JSON.parse(out[0] ?? '')).key.tenant, 'acme');
});

test('token list and revoke: a revoked key stays in the list, marked', async () => {
  const { run, out } = fixture();
  await run('create', '--role', 'ingest', '--name', 'lambda', '--json');
  const { key } = CreatedApiKey.parse(JSON.parse(out[0] ?? ''));
  assert.equal(await run('revoke', key.keyId), 0);
  await run('list');
  assert.equal(out.length, 2);
  assert.match(out[1] ?? '', new RegExp(`^${key.keyId}  ingest  default .* revoked 2026-03-01.* lambda$`));
  await run('list', '--json');
  assert.equal(ApiKeys.parse(JSON.parse(out[0] ?? '')).keys.length, 1);
});

test('token revoke: an unknown id is told, with exit code 1', async () => {
  const { run, err } = fixture();
  assert.equal(await run('revoke', 'nope'), 1);
  assert.match(err.join(' '), /no key "nope".*token list/);
});

const wrongCalls = [
  { name: 'nothing', args: [], says: /create, list, revoke/ },
  { name: 'an unknown verb', args: ['destroy'], says: /token destroy/ },
  { name: 'no role', args: ['create', '--name', 'n'], says: /role/ },
  { name: 'an unknown role', args: ['create', '--name', 'n', '--role', 'root'], says: /"viewer"/ },
  {
    name: 'an impossible tenant',
    args: ['create', '--name', 'n', '--role', 'viewer', '--tenant', 'A B'],
    says: /lower-case/,
  },
  { name: 'an unknown option', args: ['list', '--all'], says: /--all/ },
  { name: 'no id to revoke', args: ['revoke'], says: /KEYID/ },
  { name: 'too many words', args: ['revoke', 'a', 'b'], says: /unexpected b/ },
  { name: 'a key without a server', args: ['list', '--key', 'cbk_x'], says: /go with --url/ },
  { name: 'a URL that is none', args: ['list', '--url', 'here'], says: /not a URL/ },
];
for (const { name, args, says } of wrongCalls) {
  test(`token: ${name} is a wrong call, explained with the usage`, async () => {
    const { run, out, err, calls } = fixture();
    assert.equal(await run(...args), 2);
    assert.match(err.join('\n'), says);
    assert.match(err.join('\n'), /token create --role/);
    assert.deepEqual(out, []);
    assert.equal(calls.closed, 0);
  });
}

test('token: a data directory held by the server is told in the words of who holds it', async () => {
  const openStored = async () => {
    throw new StartupError('The data directory is held by process 7.');
  };
  const { run, err } = fixture({ openStored });
  assert.equal(await run('list'), 1);
  assert.deepEqual(err, ['The data directory is held by process 7.']);
});

test('token --url: creates, lists and revokes through a running server, with the key from a file', async () => {
  const { app, keys } = await accessFixture([{ role: 'admin' }]);
  const server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  try {
    const { run, out } = fixture({ read: async (path) => `${path === 'admin.key' ? keys[0] : ''}\n` });
    const remote = ['--url', server.url, '--key-file', 'admin.key', '--json'];
    assert.equal(await run('create', '--role', 'viewer', '--name', 'ci', ...remote), 0);
    const { key } = CreatedApiKey.parse(JSON.parse(out[0] ?? ''));
    assert.equal(await run('revoke', key.keyId, ...remote), 0);
    assert.notEqual(ApiKey.parse(JSON.parse(out[0] ?? '')).revokedAt, null);
    assert.equal(await run('list', ...remote), 0);
    assert.equal(ApiKeys.parse(JSON.parse(out[0] ?? '')).keys.length, 2);
    assert.equal(await run('revoke', 'nope', ...remote), 1);
  } finally {
    await server.close(2000);
  }
});

test('token --url: a refusal is told with its remedy', async () => {
  const { app } = await accessFixture([{ role: 'admin' }]);
  const server = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  try {
    const { run, err } = fixture();
    assert.equal(await run('list', '--url', server.url, '--key', 'cbk_wrong'), 1);
    assert.match(err.join(' '), /not one of this installation.*Authorization: Bearer/);
  } finally {
    await server.close(2000);
  }
});

test('token --url: nobody there is told with the address', async () => {
  const { run, err } = fixture();
  // Port 9 (discard) is not served on a developer's machine or in CI.
  assert.equal(await run('list', '--url', 'http://127.0.0.1:9'), 1);
  assert.match(err.join(' '), /No Coldburn answers at http:\/\/127\.0\.0\.1:9/);
});
