import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { knownEnvironmentNames } from '../../schemas/config/environment-names.js';
import { renderChart } from '../support/helm/render-chart.js';
import { valueSets } from '../support/helm/value-sets.js';
import { ChartObject } from '../support/kubernetes/manifest-schema.js';
import { PodSpec } from '../support/kubernetes/pod-schema.js';
import { repositoryRoot } from '../support/repository-root.js';

const chartDir = join(repositoryRoot, 'deploy/helm/coldburn');

function render(values: Record<string, unknown>) {
  const { manifests, notes } = renderChart(chartDir, values);
  const objects = manifests.map((manifest) => ChartObject.parse(manifest));
  return { objects, notes, workloads: objects.filter(isWorkload) };
}

type Workload = Extract<ChartObject, { kind: 'Deployment' | 'StatefulSet' }>;
function isWorkload(object: ChartObject): object is Workload {
  return object.kind === 'Deployment' || object.kind === 'StatefulSet';
}

function selects(selector: Record<string, string>, labels: Record<string, string>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

const claimNames = (workload: Workload) =>
  workload.kind === 'StatefulSet'
    ? workload.spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)
    : [];

for (const [name, values] of Object.entries(valueSets)) {
  const { objects, workloads, notes } = render(values);

  test(`chart, ${name}: every object is well formed and no two share a name`, () => {
    const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 4);
  });

  test(`chart, ${name}: workloads own their pods, and nobody else's`, () => {
    for (const { metadata, spec } of workloads) {
      const owned = workloads.filter((other) =>
        selects(spec.selector.matchLabels, other.spec.template.metadata.labels),
      );
      assert.deepEqual(
        owned.map((other) => other.metadata.name),
        [metadata.name],
      );
    }
  });

  test(`chart, ${name}: services, budgets and ingresses reach pods that have the port`, () => {
    for (const object of objects) {
      if (object.kind === 'Service') {
        const pods = workloads.filter((one) =>
          selects(object.spec.selector, one.spec.template.metadata.labels),
        );
        assert.equal(pods.length, 1, `${object.metadata.name} selects ${pods.length} workloads`);
        const ports = pods[0]?.spec.template.spec.containers[0].ports?.map((port) => port.name) ?? [];
        for (const { targetPort } of object.spec.ports) assert.ok(ports.includes(targetPort));
      }
      if (object.kind === 'PodDisruptionBudget') {
        const [covered, ...others] = workloads.filter((one) =>
          isDeepStrictEqual(one.spec.selector, object.spec.selector),
        );
        assert.ok(covered !== undefined && others.length === 0 && covered.spec.replicas > 1);
      }
      if (object.kind !== 'Ingress') continue;
      for (const { backend } of object.spec.rules.flatMap(({ http }) => http.paths)) {
        const service = objects.find(
          (one) => one.kind === 'Service' && one.metadata.name === backend.service.name,
        );
        assert.ok(service?.kind === 'Service');
        assert.ok(service.spec.ports.some((port) => port.name === backend.service.port.name));
      }
    }
  });

  test(`chart, ${name}: every mount has its volume and every mounted object exists`, () => {
    for (const workload of workloads) {
      const { containers, initContainers = [], volumes, serviceAccountName } = workload.spec.template.spec;
      const names = [...volumes.map((volume) => volume.name), ...claimNames(workload)];
      const mounts = [...containers, ...initContainers].flatMap((container) => container.volumeMounts);
      assert.deepEqual([...new Set(mounts.map((mount) => mount.name))].sort(), [...names].sort());
      for (const volume of volumes) {
        if (!('configMap' in volume)) continue;
        assert.ok(
          objects.some((one) => one.kind === 'ConfigMap' && one.metadata.name === volume.configMap.name),
        );
      }
      const created = objects.some(
        (one) => one.kind === 'ServiceAccount' && one.metadata.name === serviceAccountName,
      );
      assert.ok(created || serviceAccountName === 'shared');
    }
  });

  test(`chart, ${name}: every container is probed, limited, and given only settings the program knows`, () => {
    for (const { spec } of workloads) {
      const { containers, initContainers = [] } = spec.template.spec;
      for (const container of containers) {
        assert.equal(container.startupProbe?.httpGet.path, '/healthz');
        assert.equal(container.livenessProbe?.httpGet.path, '/healthz');
        assert.equal(container.readinessProbe?.httpGet.path, '/readyz');
      }
      for (const container of [...containers, ...initContainers]) {
        assert.ok(container.resources !== undefined);
        for (const variable of container.env) assert.ok(knownEnvironmentNames.includes(variable.name));
        const { mode = 'embedded' } = values;
        const connected = container.env.some((variable) => variable.name === 'COLDBURN_CLICKHOUSE_URL');
        assert.equal(connected, mode === 'server');
      }
    }
  });

  test(`chart, ${name}: the notes print no template residue and say how the first key is made`, () => {
    assert.doesNotMatch(notes, /\{\{|<no value>|undefined/);
    assert.match(notes, /key/);
  });
}

test('chart: in server mode every role runs, and only alerting is held to one replica without overlap', () => {
  const { workloads } = render(valueSets['server mode'] ?? {});
  const roles = workloads.flatMap(({ spec }) => {
    const variable = spec.template.spec.containers[0].env.find(({ name }) => name === 'COLDBURN_ROLES');
    return variable !== undefined && 'value' in variable ? variable.value.split(',') : [];
  });
  assert.deepEqual(roles.sort(), ['alerting', 'dashboards', 'ingest', 'query']);
  const single = workloads.filter(
    (one) => one.kind === 'Deployment' && one.spec.strategy?.type === 'Recreate',
  );
  assert.deepEqual(
    single.map(({ metadata, spec }) => [metadata.name, spec.replicas]),
    [['prod-coldburn-alerting', 1]],
  );
});

test('chart: what ingest acknowledged survives its pod', () => {
  const { workloads } = render(valueSets['server mode'] ?? {});
  const ingest = workloads.find(({ metadata }) => metadata.name.endsWith('-ingest'));
  assert.equal(ingest?.kind, 'StatefulSet');
  const dataMount = ingest?.spec.template.spec.containers[0].volumeMounts.find(({ name }) => name === 'data');
  assert.equal(dataMount?.mountPath, '/data');
});

test('chart: a changed configuration file restarts the pods', () => {
  const digest = (values: Record<string, unknown>) =>
    render(values).workloads[0]?.spec.template.metadata.annotations['coldburn/config-sha256'];
  assert.notEqual(
    digest({ config: { log: { level: 'info' } } }),
    digest({ config: { log: { level: 'debug' } } }),
  );
});

test('chart: the first key of server mode is made by a pod as confined as the others', () => {
  for (const name of ['server mode', 'server mode on a cluster with everything switched on']) {
    const { notes, workloads } = render(valueSets[name] ?? {});
    const [, json = ''] = /--overrides='(\{.*\})'$/m.exec(notes) ?? [];
    const { spec } = z.strictObject({ spec: PodSpec }).parse(JSON.parse(json));
    const [container] = spec.containers;
    assert.deepEqual(container.args, ['token', 'create', '--role', 'admin', '--name', 'first']);
    const connection = (env: typeof container.env) => env.filter((one) => one.name.includes('CLICKHOUSE'));
    const peer = workloads[0]?.spec.template.spec.containers[0];
    assert.deepEqual(connection(container.env), connection(peer?.env ?? []));
  }
});
