import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { environmentSettings } from '../../../schemas/config/environment-names.js';
import { jsonSchemaText } from '../../../schemas/config/json-schema.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { printConfig } from '../../../schemas/config/print-config.js';
import { pathText } from '../../../schemas/config/problem.js';
import { settingCatalog } from '../../../schemas/config/setting-catalog.js';
import { settingValues } from '../../../schemas/config/setting-text.js';
import { settingsReference } from '../../../schemas/config/settings-reference.js';

const root = new URL('../../../../', import.meta.url);
const validate = new Ajv2020().compile(JSON.parse(jsonSchemaText()));

function defaults() {
  const parsed = parseConfig({ yamlText: null, yamlPath: 'c.yaml', env: {} });
  assert.ok(parsed.kind === 'ok');
  return parsed;
}

test('published JSON Schema: is what the program checks with (refresh: coldburn config schema > schemas/coldburn.schema.json)', async () => {
  const published: unknown = JSON.parse(
    await readFile(new URL('schemas/coldburn.schema.json', root), 'utf8'),
  );
  assert.deepEqual(published, JSON.parse(jsonSchemaText()));
});

test('published JSON Schema: takes the printed defaults and every way of writing a value', () => {
  const { config, sources } = defaults();
  const samples = [
    printConfig(config, sources).join('\n'),
    'clickhouse: {url: "http://c:1", password: {file: pw}}',
    'limits: {memoryBytes: 2 GiB, query: {timeMs: 100, concurrent: 3}}',
    'telemetry: {endpoint: "http://c:1", headers: {x-key: {env: KEY}}}',
    'queues: {metrics: [{metric: m, queue: q}], deadLetter: [{queue: failed, of: orders, function: worker}]}',
  ];
  for (const yaml of samples) assert.ok(validate(parse(yaml)), JSON.stringify([yaml, validate.errors]));
});

for (const yaml of [
  'foo: 1',
  'listen: {htpp: "a:1"}',
  'roles: [x]',
  'ingest: {maxBodyBytes: big}',
  'log: {level: 5}',
]) {
  test(`published JSON Schema: refuses ${yaml} like the program`, () => {
    assert.equal(validate(parse(yaml)), false);
    assert.equal(parseConfig({ yamlText: yaml, yamlPath: 'c.yaml', env: {} }).kind, 'invalid');
  });
}

test('every setting has a description, a value when printed, and a source', () => {
  const { config, sources } = defaults();
  const names = settingCatalog().settings.map(({ path }) => pathText(path));
  for (const { path, node } of settingCatalog().settings) assert.ok(node.description, pathText(path));
  assert.deepEqual([...settingValues(config).keys()], names);
  assert.deepEqual([...sources.keys()], names);
  assert.ok([...sources.values()].every(({ kind }) => kind === 'default'));
});

test('every environment name stands for a setting', () => {
  const names = settingCatalog().settings.map(({ path }) => pathText(path));
  for (const path of Object.values(environmentSettings))
    assert.ok(names.includes(pathText(path)), pathText(path));
});

test('sources: each setting says whether it is a default, a line of the file, or a variable', () => {
  const parsed = parseConfig({
    yamlText:
      'listen:\n  http: "a:1"\n\nlog: {level: warn}\nroles:\n  - query\nclickhouse:\n  url: "http://c:1"\n  password: {env: PW}\n',
    yamlPath: 'dir/c.yaml',
    env: { COLDBURN_LOG_LEVEL: 'error', PW: 'x' },
  });
  assert.ok(parsed.kind === 'ok');
  const source = (name: string) => parsed.sources.get(name);
  assert.deepEqual(source('listen.http'), { kind: 'file', path: 'dir/c.yaml', line: 2 });
  assert.deepEqual(source('roles'), { kind: 'file', path: 'dir/c.yaml', line: 5 });
  assert.deepEqual(source('clickhouse.password'), { kind: 'file', path: 'dir/c.yaml', line: 9 });
  assert.deepEqual(source('log.level'), { kind: 'environment', name: 'COLDBURN_LOG_LEVEL' });
  assert.deepEqual(source('log.format'), { kind: 'default' });
});

test('docs/configuration.md: its table of settings is the schema (refresh: coldburn config reference)', async () => {
  const text = await readFile(new URL('docs/configuration.md', root), 'utf8');
  const table = /<!-- settings: [^>]*-->\n([\s\S]*)\n<!-- end of settings -->/.exec(text)?.[1];
  // The formatter aligns columns, so cells are compared.
  const cells = (lines: readonly string[]) =>
    lines.map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '-')));
  assert.deepEqual(cells(table?.split('\n') ?? []), cells(settingsReference()));
});

test('docs/configuration.md: its example is valid, and its first line points editors at the schema', async () => {
  const text = await readFile(new URL('docs/configuration.md', root), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  assert.match(example, /^# yaml-language-server: \$schema=/);
  const readSecretFile = () => ({ kind: 'text', text: 'x' }) as const;
  const parsed = parseConfig({ yamlText: example, yamlPath: 'c.yaml', env: {}, readSecretFile });
  assert.deepEqual(parsed.kind === 'ok' ? [] : parsed.problems, []);
});

test('docs/configuration.md: the mistakes it shows are told in these words', async () => {
  const text = await readFile(new URL('docs/configuration.md', root), 'utf8');
  const parsed = parseConfig({
    yamlText: '\nlisten:\n  htpp: x',
    yamlPath: 'coldburn.yaml',
    env: { COLDBURN_ROLES: 'ingest,qurey' },
  });
  assert.ok(parsed.kind === 'invalid');
  for (const { where, says } of parsed.problems) assert.ok(text.includes(`  ${where}: ${says}`), says);
});

test('docs/invocations.md: its example of rules is valid', async () => {
  const text = await readFile(new URL('docs/invocations.md', root), 'utf8');
  const yamlText = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const parsed = parseConfig({ yamlText, yamlPath: 'c.yaml', env: {} });
  assert.deepEqual(parsed.kind === 'ok' ? [] : parsed.problems, []);
  assert.ok(parsed.kind === 'ok' && parsed.config.ingest.classification.senders.length === 2);
});
