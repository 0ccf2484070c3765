import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { Config } from '../../schemas/config/config.js';
import { parseConfig } from '../../schemas/config/parse-config.js';
import { ComposeFile } from '../support/compose-schema.js';
import { parseDockerfile } from '../support/dockerfile.js';
import { renderChart } from '../support/helm/render-chart.js';
import { valueSets } from '../support/helm/value-sets.js';
import { ChartObject } from '../support/kubernetes/manifest-schema.js';
import { repositoryRoot } from '../support/repository-root.js';
import { parseSystemdUnit } from '../support/systemd-unit.js';

type Env = Record<string, string>;
const deployDir = join(repositoryRoot, 'deploy');
const readDeploy = (path: string) => readFileSync(join(deployDir, path), 'utf8');

/** What the program would run on, or every sentence it would refuse to start with. */
function effective(env: Env, yamlText: string | null = null): Config {
  const parsed = parseConfig({ yamlText, yamlPath: 'coldburn.yaml', env });
  assert.ok(parsed.kind === 'ok', parsed.kind === 'invalid' ? JSON.stringify(parsed.problems) : '');
  return parsed.config;
}

const imageEnv: Env = Object.fromEntries(
  parseDockerfile(readDeploy('docker/Dockerfile'))
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ rest }) => rest.split(/\s+/).map((pair) => pair.split('=')))
    .map(([name = '', value = '']) => [name, value]),
);

test('settings: the image listens on every address, on its exposed ports, and keeps its data on the volume', () => {
  const { listen, dataDir } = effective(imageEnv);
  assert.deepEqual(
    [listen.http, listen.otlpHttp, listen.otlpGrpc].map(({ host, port }) => `${host}:${port}`),
    ['0.0.0.0:8080', '0.0.0.0:4318', '0.0.0.0:4317'],
  );
  assert.equal(dataDir, '/data');
});

for (const name of ['compose.yaml', 'embedded.yaml']) {
  test(`settings: the program starts with what ${name} gives each container`, () => {
    const filled = readDeploy(`compose/${name}`)
      .replace(/\$\{\w+:-(.*?)\}/g, '$1')
      .replace(/\$\{\w+:\?.*?\}/g, 'secret');
    const { services } = ComposeFile.parse(parse(filled, { merge: true }));
    const programs = Object.values(services).filter(({ image }) => image.startsWith('coldburn'));
    assert.ok(programs.length > 0);
    for (const { environment } of programs) {
      const { clickhouse } = effective({ ...imageEnv, ...environment });
      assert.equal(clickhouse.url !== null, name === 'compose.yaml');
    }
  });
}

for (const [name, values] of Object.entries(valueSets)) {
  test(`settings: the program starts with what the chart gives each pod: ${name}`, () => {
    const objects = renderChart(join(deployDir, 'helm/coldburn'), values).manifests.map((one) =>
      ChartObject.parse(one),
    );
    const file = objects.find((object) => object.kind === 'ConfigMap')?.data['coldburn.yaml'] ?? null;
    const workloads = objects.filter((one) => one.kind === 'Deployment' || one.kind === 'StatefulSet');
    assert.ok(workloads.length > 0);
    for (const { spec } of workloads) {
      const pairs = spec.template.spec.containers[0].env.map((one) => [
        one.name,
        'value' in one ? one.value : 'secret',
      ]);
      const { clickhouse } = effective({ ...imageEnv, ...Object.fromEntries(pairs) }, file);
      assert.equal(
        clickhouse.url !== null,
        spec.template.metadata.labels['app.kubernetes.io/component'] !== 'embedded',
      );
    }
  });
}

test('settings: the service starts on loopback, with its data in its state directory', () => {
  const pairs = parseSystemdUnit(readDeploy('systemd/coldburn.service'))
    .filter(({ name }) => name === 'Environment')
    .map(({ value }) => value.split('='));
  const { dataDir, listen } = effective(Object.fromEntries(pairs));
  assert.equal(dataDir, '/var/lib/coldburn');
  assert.equal(listen.http.host, '127.0.0.1');
});
