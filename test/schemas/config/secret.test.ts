import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { configJson, printConfig } from '../../../schemas/config/print-config.js';
import { Secret } from '../../../schemas/config/secret.js';

const secret = new Secret('hunter2');

test('Secret: reveal gives the value, and nothing else does', () => {
  assert.equal(secret.reveal(), 'hunter2');
  const shown = [
    String(secret),
    `${secret}`,
    ['', secret].join(),
    JSON.stringify({ deep: [secret] }),
    inspect(secret),
    inspect({ deep: { secret } }, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(Object.entries(secret)),
    JSON.stringify({ ...secret }),
    JSON.stringify(structuredClone(secret)),
  ];
  for (const text of shown) assert.doesNotMatch(text, /hunter2/);
});

test('Secret: the structured log does not show it', () => {
  const lines: string[] = [];
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) });
  pino({}, sink).info({ secret, config: { password: secret } }, 'starting %s %o', secret, secret);
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines.join(''), /hunter2/);
});

test('Secret: a whole configuration shows none of its secrets, however it is printed', () => {
  const parsed = parseConfig({
    yamlText: 'clickhouse: {url: "http://c:1", password: hunter2}\ntelemetry: {headers: {x-key: hunter2}}',
    yamlPath: 'c.yaml',
    env: {},
  });
  assert.ok(parsed.kind === 'ok');
  const { config, sources } = parsed;
  assert.equal(config.clickhouse.password?.reveal(), 'hunter2');
  assert.equal(config.telemetry.headers['x-key']?.reveal(), 'hunter2');
  const shown = [
    JSON.stringify(config),
    inspect(config, { depth: null }),
    printConfig(config, sources).join('\n'),
    JSON.stringify(configJson(config, sources)),
  ];
  for (const text of shown) {
    assert.doesNotMatch(text, /hunter2/);
    assert.match(text, /\(hidden\)/);
  }
});

const leaks = [
  { name: 'an alias', yamlText: 'clickhouse: {password: *hunter2 }' },
  { name: 'a tag', yamlText: 'clickhouse:\n  password: !hunter2' },
  { name: 'a reserved character', yamlText: 'clickhouse:\n  password: @hunter2' },
  { name: 'a directive', yamlText: '%hunter2\n---\na: 1' },
  { name: 'an open quote', yamlText: 'clickhouse:\n  password: "hunter2' },
  { name: 'a bad escape', yamlText: 'clickhouse:\n  password: "\\qhunter2"' },
  { name: 'text after a quote', yamlText: 'clickhouse:\n  password: "a" hunter2' },
  { name: 'a key inside', yamlText: 'clickhouse:\n  password: a: hunter2' },
  { name: 'a number', yamlText: 'clickhouse: {password: 7463}' },
  { name: 'a list', yamlText: 'clickhouse: {password: [hunter2]}' },
  { name: 'an address', yamlText: 'clickhouse: {url: "http://me:hunter2@host:8123"}' },
  { name: 'an address that is none', yamlText: 'clickhouse: {url: "hunter2"}' },
  { name: 'a telemetry address', yamlText: 'telemetry: {endpoint: "https://me:hunter2@host"}' },
  { name: 'a header', yamlText: 'telemetry: {headers: {x-key: [hunter2]}}' },
];
for (const { name, yamlText } of leaks) {
  test(`Secret: the problem with ${name} does not repeat it`, () => {
    const parsed = parseConfig({ yamlText, yamlPath: 'c.yaml', env: {} });
    assert.ok(parsed.kind === 'invalid');
    assert.ok(parsed.problems.length > 0);
    assert.doesNotMatch(JSON.stringify(parsed), /hunter2|7463/);
  });
}
