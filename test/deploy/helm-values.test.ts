import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';
import { mergeValues, readValues, renderChart } from '../support/helm/render-chart.js';
import { valueSets } from '../support/helm/value-sets.js';
import { repositoryRoot } from '../support/repository-root.js';

const chartDir = join(repositoryRoot, 'deploy/helm/coldburn');
const Schema = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
const schema = Schema.parse(JSON.parse(readFileSync(join(chartDir, 'values.schema.json'), 'utf8')));
const validate = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false }).compile(schema);

function problems(changes: Record<string, unknown>): string[] {
  validate(mergeValues(readValues(chartDir), changes));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

for (const [name, values] of Object.entries(valueSets)) {
  test(`values: ${name} are accepted`, () => assert.deepEqual(problems(values), []));
}

const refused = [
  { name: 'an unknown mode', values: { mode: 'cloud' }, at: '/mode' },
  { name: 'server mode without a server', values: { mode: 'server' }, at: '/clickhouse/url' },
  {
    name: 'an address without a scheme',
    values: { clickhouse: { url: 'clickhouse:8123' } },
    at: '/clickhouse/url',
  },
  {
    name: 'a password written into the values',
    values: { clickhouse: { password: 'x' } },
    at: '/clickhouse',
  },
  { name: 'a misspelt key', values: { ingress: { enable: true } }, at: '/ingress' },
  { name: 'an ingress without a host', values: { ingress: { enabled: true } }, at: '/ingress/host' },
  { name: 'more than one decider', values: { alerting: { replicas: 2 } }, at: '/alerting' },
  { name: 'a floating image', values: { image: { tag: 'latest' } }, at: '/image/tag' },
  {
    name: 'a size without a unit that exists',
    values: { embedded: { storage: { size: '20GB' } } },
    at: '/embedded/storage/size',
  },
  { name: 'a share of a replica', values: { web: { replicas: 1.5 } }, at: '/web/replicas' },
];
for (const { name, values, at } of refused) {
  test(`values: ${name} is refused, and the message names the field`, () => {
    assert.ok(
      problems(values).some((problem) => problem.startsWith(`${at} `)),
      problems(values).join('\n'),
    );
  });
}

test('values: every key of values.yaml is described by the schema', () => {
  const described = Object.keys(schema.properties);
  for (const key of Object.keys(readValues(chartDir)))
    assert.ok(described.includes(key), `${key} is not described`);
});

test('values: where a schema is not looked at, the templates refuse with a remedy', () => {
  assert.throws(() => renderChart(chartDir, { mode: 'server' }), /clickhouse\.url is empty: set it/);
  assert.throws(() => renderChart(chartDir, { ingress: { enabled: true } }), /ingress\.host is empty: set/);
});

test('chart: its versions are the version of the program', () => {
  const Versions = z.object({ version: z.string(), appVersion: z.string() });
  const chart = Versions.parse(parse(readFileSync(join(chartDir, 'Chart.yaml'), 'utf8')));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));
  assert.deepEqual(chart, { version, appVersion: version });
});
