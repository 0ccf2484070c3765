import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfigInput, parseConfig } from '../../../schemas/config/parse-config.js';
import { problemTexts } from './support/problem-texts.js';

function parse(yamlText: string | null, env: Record<string, string> = {}, more: Partial<ConfigInput> = {}) {
  return parseConfig({ yamlText, yamlPath: 'c.yaml', env, ...more });
}

function config(...given: Parameters<typeof parse>) {
  const parsed = parse(...given);
  assert.ok(parsed.kind === 'ok', JSON.stringify(parsed));
  return parsed.config;
}

const roles = 'ingest, query, alerting, dashboards';

const environmentSentences: { env: Record<string, string>; says: string[] }[] = [
  {
    env: { COLDBURN_HTPP: 'x' },
    says: ['COLDBURN_HTPP: unknown environment name; did you mean COLDBURN_HTTP?'],
  },
  {
    env: { COLDBURN_CLICKHOUSE_PASWORD: 'x' },
    says: [
      'COLDBURN_CLICKHOUSE_PASWORD: unknown environment name; did you mean COLDBURN_CLICKHOUSE_PASSWORD?',
    ],
  },
  {
    env: { COLDBURN_TEST_CLICKHOUSE_URL: 'http://c' },
    says: ['COLDBURN_TEST_CLICKHOUSE_URL: unknown environment name; did you mean COLDBURN_CLICKHOUSE_URL?'],
  },
  {
    env: { coldburn_http: 'x' },
    says: ['coldburn_http: unknown environment name; did you mean COLDBURN_HTTP?'],
  },
  {
    env: { COLDBURN_HTPP: '' },
    says: ['COLDBURN_HTPP: unknown environment name; did you mean COLDBURN_HTTP?'],
  },
  { env: { COLDBURN_HTTP: '80' }, says: ['COLDBURN_HTTP: must say which address too: "127.0.0.1:80"'] },
  {
    env: { COLDBURN_ROLES: 'ingest,qurey' },
    says: [`COLDBURN_ROLES: is "qurey", which is not one of ${roles}; did you mean "query"?`],
  },
  {
    env: { COLDBURN_ROLES: 'ingest,' },
    says: [`COLDBURN_ROLES: is "", which is not one of ${roles}; did you mean "query"?`],
  },
  {
    env: { COLDBURN_LOG_LEVEL: 'INFO' },
    says: [
      'COLDBURN_LOG_LEVEL: is "INFO", which is not one of trace, debug, info, warn, error, fatal; did you mean "info"?',
    ],
  },
  {
    env: { COLDBURN_CLICKHOUSE_URL: 'http://u:p@c' },
    says: [
      'COLDBURN_CLICKHOUSE_URL: must not hold a user or password; put them into clickhouse.user and clickhouse.password',
    ],
  },
  {
    env: { COLDBURN_CLICKHOUSE_CLUSTER: 'main' },
    says: [
      'COLDBURN_CLICKHOUSE_CLUSTER: needs clickhouse.url (COLDBURN_CLICKHOUSE_URL): only a server can be part of a cluster, the embedded engine cannot',
    ],
  },
];
for (const { env, says } of environmentSentences) {
  test(`parseConfig: the environment ${JSON.stringify(env)}`, () =>
    assert.deepEqual(problemTexts(null, env), says));
}

test('parseConfig: everything wrong in file and environment is told at once, the file in the order of its lines', () => {
  const yaml = 'roles: [x]\nlisten:\n  htpp: a\nlog: {level: 5}\n';
  assert.deepEqual(
    problemTexts(yaml, { COLDBURN_X: '1', COLDBURN_HTTP: '1' }).map((text) => text.split(': ')[0]),
    ['c.yaml:1', 'c.yaml:3', 'c.yaml:4', 'COLDBURN_X', 'COLDBURN_HTTP'],
  );
});

test('parseConfig: a variable that wins does not hide a mistake in the file', () => {
  assert.equal(problemTexts('listen: {http: nonsense}', { COLDBURN_HTTP: '127.0.0.1:1' }).length, 1);
  assert.equal(problemTexts('listen: 5', { COLDBURN_HTTP: '127.0.0.1:1' }).length, 1);
});

for (const [name, yaml] of Object.entries({
  missing: null,
  empty: '',
  'only comments': '# a\n',
  'only keys': 'listen:\nlog:\n  level:\n',
})) {
  test(`parseConfig: a file that is ${name} gives the defaults`, () =>
    assert.deepEqual(config(yaml), config(null)));
}

test('parseConfig: the defaults are those of the contract', () => {
  const { listen, dataDir, clickhouse, roles: all, log } = config(null);
  assert.deepEqual(listen, {
    http: { host: '127.0.0.1', port: 8080 },
    otlpHttp: { host: '127.0.0.1', port: 4318 },
    otlpGrpc: { host: '127.0.0.1', port: 4317 },
  });
  assert.equal(dataDir, './data');
  assert.deepEqual(clickhouse, {
    url: null,
    user: 'default',
    password: null,
    database: 'coldburn',
    cluster: null,
  });
  assert.deepEqual(all, ['ingest', 'query', 'alerting', 'dashboards']);
  assert.equal(log.level, 'info');
});

test('parseConfig: a byte order mark, Windows line ends, anchors, aliases and merges are read', () => {
  assert.equal(config('\uFEFFdataDir: /x\r\nlog:\r\n  level: warn\r\n').log.level, 'warn');
  const { ingest, limits } = config('ingest: {maxBodyBytes: &size 300 MiB}\nlimits: {memoryBytes: *size}');
  assert.deepEqual([ingest.maxBodyBytes, limits.memoryBytes], [300 * 2 ** 20, 300 * 2 ** 20]);
  const { listen } = config('listen:\n  <<: {http: "[::1]:1", otlpHttp: "[::1]:2"}\n  otlpHttp: "[::1]:3"');
  assert.deepEqual([listen.http.port, listen.otlpHttp.port], [1, 3]);
});

test('parseConfig: three ports 0 do not collide, and a trace receiver elsewhere is no loop', () => {
  const zero = 'listen: {http: "127.0.0.1:0", otlpHttp: "127.0.0.1:0", otlpGrpc: "127.0.0.1:0"}';
  assert.equal(config(zero).listen.otlpGrpc.port, 0);
  for (const endpoint of ['http://collector:4318', 'http://127.0.0.1:4319', 'https://127.0.0.1']) {
    assert.equal(config(`telemetry: {endpoint: "${endpoint}"}`).telemetry.endpoint, endpoint);
  }
});

test('parseConfig: secrets come from the file, from another file, or from a variable', () => {
  const readSecretFile = (path: string) => ({ kind: 'text', text: `from ${path}\n` }) as const;
  const password = (yaml: string, env: Record<string, string> = {}) =>
    config(`clickhouse: {password: ${yaml}}`, env, { readSecretFile }).clickhouse.password?.reveal();
  assert.equal(password('plain'), 'plain');
  assert.equal(password('{file: /run/pw}'), 'from /run/pw');
  assert.equal(password('{env: PW}', { PW: 'from PW' }), 'from PW');
  assert.equal(password('plain', { COLDBURN_CLICKHOUSE_PASSWORD: '{file: x}' }), '{file: x}');
});

test('parseConfig: a secret file that is empty or unreadable is a problem', () => {
  const yaml = 'clickhouse:\n  password: {file: pw}';
  assert.deepEqual(problemTexts(yaml, {}, { readSecretFile: () => ({ kind: 'text', text: '\n' }) }), [
    'c.yaml:2: clickhouse.password points at pw, which is empty',
  ]);
  assert.deepEqual(problemTexts(yaml, {}, { readSecretFile: () => ({ kind: 'unreadable', reason: 'no' }) }), [
    'c.yaml:2: clickhouse.password points at pw, which cannot be read: no',
  ]);
});
