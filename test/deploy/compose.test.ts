import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ComposeFile } from '../support/compose-schema.js';
import { repositoryRoot } from '../support/repository-root.js';

const composeDir = join(repositoryRoot, 'deploy/compose');

function readCompose(name: string) {
  const text = readFileSync(join(composeDir, name), 'utf8');
  return { text, file: ComposeFile.parse(parse(text, { merge: true })) };
}

const variables = /\$\{(\w+)(:[?-])?/g;

for (const name of ['compose.yaml', 'embedded.yaml']) {
  const { text, file } = readCompose(name);
  const services = Object.entries(file.services);

  test(`${name}: whatever a service refers to is declared`, () => {
    for (const [service, { depends_on = {}, volumes, networks = [] }] of services) {
      for (const other of Object.keys(depends_on)) {
        assert.ok(
          file.services[other]?.healthcheck,
          `${service} waits for the health of ${other}, which has no check`,
        );
      }
      for (const network of networks)
        assert.ok(file.networks?.[network] !== undefined, `no network ${network}`);
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        const known = source.startsWith('./') ? existsSync(join(composeDir, source)) : source in file.volumes;
        assert.ok(known, `${service} mounts ${source}, which does not exist`);
      }
    }
    const mounted = new Set(
      services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0])),
    );
    for (const volume of Object.keys(file.volumes))
      assert.ok(mounted.has(volume), `${volume} is used by nobody`);
  });

  test(`${name}: images are pinned`, () => {
    for (const [, { image }] of services) {
      const [, reference = image] = /^\$\{\w+:-(.*)\}$/.exec(image) ?? [];
      assert.match(reference, /:\d+\.\d+\.\d+(\.\d+)?$/);
    }
  });

  test(`${name}: ports are published on loopback until told otherwise, each once`, () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    for (const port of ports) assert.match(port, /^\$\{PUBLISH_ADDRESS:-127\.0\.0\.1\}:(\d+):\1$/);
    assert.deepEqual(ports.map((port) => port.split(':').at(-1)).sort(), ['4317', '4318', '8080']);
  });

  test(`${name}: Coldburn runs read-only, without capabilities, with time to drain and its data on a volume`, () => {
    for (const [, service] of services.filter(([, { image }]) => image.includes('coldburn'))) {
      assert.equal(service.read_only, true);
      assert.deepEqual(service.cap_drop, ['ALL']);
      assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
      assert.ok(Number.parseInt(service.stop_grace_period, 10) > 10);
      assert.ok(service.volumes.some((volume) => volume.endsWith(':/data')));
      assert.equal(service.command, undefined);
    }
  });

  test(`${name}: every variable it needs is in the example file, and no secret has a default`, () => {
    const example = readFileSync(join(composeDir, '.env.example'), 'utf8');
    const used = [...text.matchAll(variables)];
    assert.ok(used.length > 0);
    for (const [whole, variable = '', operator] of used) {
      assert.match(example, new RegExp(`^${variable}=`, 'm'));
      assert.ok(operator !== undefined, `${whole} is silently empty when unset`);
      if (variable.includes('PASSWORD')) assert.equal(operator, ':?');
    }
  });
}

test('compose.yaml: every role runs exactly once', () => {
  const { file } = readCompose('compose.yaml');
  const roles = Object.values(file.services).flatMap(
    ({ environment: { COLDBURN_ROLES } }) => COLDBURN_ROLES?.split(',') ?? [],
  );
  assert.deepEqual(roles.sort(), ['alerting', 'dashboards', 'ingest', 'query']);
});

test('compose.yaml: Coldburn signs in with the user, password and database that the server was created with', () => {
  const { clickhouse, ...others } = readCompose('compose.yaml').file.services;
  assert.ok(clickhouse !== undefined);
  const {
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_DB: database,
  } = clickhouse.environment;
  assert.ok(user !== undefined && password !== undefined && database !== undefined);
  for (const { environment } of Object.values(others)) {
    const { COLDBURN_ROLES, COLDBURN_LOG_LEVEL, ...connection } = environment;
    assert.ok(COLDBURN_ROLES !== undefined && COLDBURN_LOG_LEVEL !== undefined);
    assert.deepEqual(connection, {
      COLDBURN_CLICKHOUSE_URL: 'http://clickhouse:8123',
      COLDBURN_CLICKHOUSE_USER: user,
      COLDBURN_CLICKHOUSE_PASSWORD: password,
      COLDBURN_CLICKHOUSE_DATABASE: database,
    });
  }
});

test('the example file holds no secret and git ignores the real one', () => {
  assert.match(readFileSync(join(composeDir, '.env.example'), 'utf8'), /^CLICKHOUSE_PASSWORD=$/m);
  assert.ok(readFileSync(join(composeDir, '.gitignore'), 'utf8').split('\n').includes('.env'));
});
