import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { environmentSettings, knownEnvironmentNames } from '../../../schemas/config/environment-names.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { printConfig } from '../../../schemas/config/print-config.js';
import { pathText } from '../../../schemas/config/problem.js';
import { settingCatalog } from '../../../schemas/config/setting-catalog.js';
import { settingValues } from '../../../schemas/config/setting-text.js';
import { problemTexts } from './support/problem-texts.js';

const host = fc.constantFrom('127.0.0.1', 'localhost', '[::1]', '0.0.0.0', 'coldburn.internal');
/** Ports of the three listeners never meet. */
const address = (from: number) =>
  fc.tuple(host, fc.integer({ min: from, max: from + 999 })).map(([name, port]) => `${name}:${port}`);
const isOneLine = (value: string) => !/[\p{Cc}\u2028\u2029]/u.test(value);
const bytes = (min: number) => fc.integer({ min, max: 2 ** 50 });
const file = fc.record(
  {
    listen: fc.record(
      { http: address(1000), otlpHttp: address(2000), otlpGrpc: address(3000) },
      { requiredKeys: [] },
    ),
    dataDir: fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((path) => isOneLine(path) && !path.startsWith('~')),
    clickhouse: fc.record(
      {
        user: fc.string({ minLength: 1 }).filter(isOneLine),
        database: fc.constantFrom('coldburn', 'null', 'true', '_1'),
      },
      { requiredKeys: [] },
    ),
    roles: fc.uniqueArray(fc.constantFrom('ingest', 'query', 'alerting', 'dashboards'), { minLength: 1 }),
    log: fc.record({ level: fc.constantFrom('trace', 'warn'), format: fc.constantFrom('json', 'pretty') }),
    limits: fc.record({
      memoryBytes: fc.oneof(fc.constant('auto'), bytes(2 ** 28)),
      query: fc.record({
        timeMs: fc.integer({ min: 100, max: 3_600_000 }),
        concurrent: fc.integer({ min: 1, max: 64 }),
      }),
    }),
    disk: fc.record({
      warnFreeRatio: fc.double({ min: 0.1, max: 0.99, noNaN: true }),
      stopFreeBytes: bytes(0),
    }),
    ingest: fc.record({ maxBodyBytes: bytes(1024), insertEveryMs: fc.integer({ min: 10, max: 60_000 }) }),
  },
  { requiredKeys: [] },
);

function parsed(yamlText: string | null, env: Record<string, string> = {}) {
  const result = parseConfig({ yamlText, yamlPath: 'c.yaml', env });
  assert.ok(result.kind === 'ok', JSON.stringify(result));
  return result;
}

for (const space of ['\u00a0', '\u2000', '\u3000', '\ufeff', ' ']) {
  test(`config: a name that is the space ${JSON.stringify(space)} reads back as printed`, () => {
    const { config, sources } = parsed(stringify({ dataDir: space }));
    assert.equal(parsed(printConfig(config, sources).join('\n')).config.dataDir, space);
  });
}

test('config: what is printed reads back as the same configuration', () => {
  fc.assert(
    fc.property(file, (settings) => {
      const { config, sources } = parsed(stringify(settings));
      const again = parsed(printConfig(config, sources).join('\n'));
      assert.deepEqual(again.config, config);
    }),
  );
});

test('config: a value in the environment wins over any file, and is named as the source', () => {
  const values = fc.record(
    {
      COLDBURN_HTTP: address(5000),
      COLDBURN_OTLP_HTTP: address(6000),
      COLDBURN_OTLP_GRPC: address(7000),
      COLDBURN_DATA_DIR: fc.constantFrom('/var/lib/coldburn', 'elsewhere'),
      COLDBURN_CLICKHOUSE_USER: fc.constantFrom('reader', '5', 'true'),
      COLDBURN_CLICKHOUSE_DATABASE: fc.constantFrom('other', 'null'),
      COLDBURN_LOG_LEVEL: fc.constantFrom('debug', 'error'),
    },
    { requiredKeys: [] },
  );
  const paths = new Map(Object.entries(environmentSettings).map(([name, path]) => [name, pathText(path)]));
  fc.assert(
    fc.property(file, values, (settings, env) => {
      const alone = parsed(stringify(settings));
      const { config, sources } = parsed(stringify(settings), env);
      const expected = new Map(settingValues(alone.config));
      for (const [name, value] of Object.entries(env)) {
        const path = paths.get(name) ?? '';
        assert.deepEqual(sources.get(path), { kind: 'environment', name });
        expected.set(path, { kind: 'plain', value });
      }
      assert.deepEqual(settingValues(config), expected);
    }),
  );
});

const maps = [
  ...new Set(
    settingCatalog().settings.flatMap(({ path }) => path.map((_, depth) => path.slice(0, depth).join('.'))),
  ),
];

test('config: an unknown key at any depth is named with its line and a key that is known', () => {
  const known = new Set(settingCatalog().settings.flatMap(({ path }) => path));
  const key = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcdeHTTPurl_-.') });
  fc.assert(
    fc.property(
      fc.constantFrom(...maps),
      key.filter((name) => !known.has(name)),
      (map, name) => {
        const above = map === '' ? [] : map.split('.');
        const lines = [...above, name].map((part, depth) => `${'  '.repeat(depth)}${JSON.stringify(part)}:`);
        const [says = '', ...others] = problemTexts(`${lines.join('\n')} 1`);
        assert.deepEqual(others, []);
        const where = map === '' ? '' : ` in ${map}`;
        const start = `c.yaml:${lines.length}: unknown key ${JSON.stringify(name)}${where}; did you mean `;
        assert.ok(says.startsWith(start), says);
        const meant = says.slice(start.length, -1).split(' ')[0] ?? '';
        assert.ok(known.has(meant) || maps.some((one) => one.split('.').includes(meant)), says);
      },
    ),
  );
});

test('config: an unknown environment name is named with one that is known', () => {
  const rest = fc.string({ maxLength: 12, unit: fc.constantFrom(...'ABCHTP_URL') });
  fc.assert(
    fc.property(rest, (text) => {
      const name = `COLDBURN_${text}`;
      fc.pre(!knownEnvironmentNames.includes(name));
      const [says, ...others] = problemTexts(null, { [name]: 'x' });
      assert.deepEqual(others, []);
      const meant = /^(\w+): unknown environment name; did you mean (\w+)\?$/.exec(says ?? '');
      assert.equal(meant?.[1], name);
      assert.ok(knownEnvironmentNames.includes(meant?.[2] ?? ''));
    }),
  );
});

test('config: any text whatever is either a configuration or a list of problems', () => {
  const pieces = fc.constantFrom(
    'listen',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '"',
    "'",
    '#',
    '!x ',
    '|',
    '<<',
    ',',
    '5',
    '%',
    '@',
    '\t',
    'log',
    '~',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      const result = parseConfig({ yamlText: yaml, yamlPath: 'c.yaml', env: {} });
      if (result.kind === 'invalid') assert.ok(result.problems.length > 0);
      else assert.equal(result.sources.size, settingCatalog().settings.length);
    }),
    { numRuns: 500 },
  );
});
