import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { z } from 'zod';
import { defaultAttemptPolicy } from '../../../access/failed-attempts.js';
import { openKeyRing } from '../../../access/keys/key-ring.js';
import { storedKeyAdmin } from '../../../access/keys/stored-key-admin.js';
import { openAccess } from '../../../access/open-access.js';
import { warehouseKeyStore } from '../../../access/store/warehouse-key-store.js';
import { incidentLog } from '../../../alerting/incidents/append-events.js';
import { noticeLog } from '../../../alerting/outbox/notice-log.js';
import { silenceLog } from '../../../alerting/silences/silence-log.js';
import { tellRoutes } from '../../../cli/serve/start-telling.js';
import { createWebApp } from '../../../cli/serve/web-app.js';
import { followCallers } from '../../../http/callers.js';
import { noTracing } from '../../../http/tracing/own-tracing.js';
import { loadPriceBooks } from '../../../query/cost/load-price-book.js';
import { noBusiness } from '../../../query/impact/run-value.js';
import { createLiveHub } from '../../../query/live/live-hub.js';
import { Tenant } from '../../../schemas/access.js';
import { Alerting } from '../../../schemas/config/alerting.js';
import { Cost } from '../../../schemas/config/cost.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { probeTwoTenants } from '../../access/two-tenants.js';
import { someEvent } from '../../alerting/incidents/some-event.js';
import { putSlo } from '../../alerting/ledger/ledger-harness.js';
import { firing } from '../../alerting/receivers/sample-notice.js';
import { migratedWarehouse } from '../../support/migrated-warehouse.js';
import { tempDir } from '../../support/temp-dir.js';

const marker = 'only-a-may-see-this';
const a = Tenant.parse('tenant-a');
const b = Tenant.parse('tenant-b');
// Real time, because rows older than the retention are dropped by the engine's own clock.
const started = new Date();
const now = () => started;
const minutesAgo = (minutes: number) => new Date(started.getTime() - minutes * 60_000);

const INSERT = `
  INSERT INTO invocations (tenant, environment, function, started_at, duration_ns, team, region, version, error_fingerprint, trace_id)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, 5000000, {name: String}, {name: String},
    {name: String}, 1, unhex({trace: String})`;

const INSERT_SPAN = `
  INSERT INTO spans (tenant, environment, service, name, started_at, trace_id)
  SELECT {tenant: String}, {name: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, unhex({trace: String})`;

const INSERT_LOG = `
  INSERT INTO logs (tenant, environment, function, at, body, trace_id)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, {name: String}, unhex({trace: String})`;

const traceOfA = 'a'.repeat(32);
const traceOfB = 'b'.repeat(32);

const INSERT_ERROR = `
  INSERT INTO span_errors (tenant, environment, function, at, fingerprint, type, title, culprit, message, version)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, 1, {name: String}, {name: String},
    {name: String}, {name: String}, {name: String}`;

const INSERT_CALL = `
  INSERT INTO spans (tenant, environment, function, started_at, call, peer_kind, peer, operation)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, 'out', 'http', {name: String}, {name: String}`;

const FORMER = `
  INSERT INTO invocations (tenant, environment, function, started_at, region, version)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, {name: String}, 'former'`;

const INSERT_LOST = `
  INSERT INTO invocations (tenant, environment, function, started_at, outcome, trigger)
  SELECT {tenant: String}, {name: String}, {name: String}, {at: DateTime64(3, 'UTC')}, 'error', {name: String}`;

const INSERT_QUEUE = `
  INSERT INTO metric_points (tenant, environment, metric, kind, at, value, attributes)
  SELECT {tenant: String}, {name: String}, 'kafka.consumer_group.lag', 'gauge', {at: DateTime64(3, 'UTC')}, 3, map('topic', {name: String})`;

const configured = parseConfig({ yamlText: '', yamlPath: 'c.yaml', env: {} });
assert.ok(configured.kind === 'ok');
/** Who is on call stands in the configuration, which all tenants of an installation share. */
const withSchedule = {
  ...configured.config.alerting,
  ...Alerting.pick({ people: true, schedules: true }).parse({
    people: [{ name: 'ann', receivers: ['inbox'] }],
    schedules: [{ name: 'leads', rotations: [{ people: ['ann'], start: '2026-01-05T09:00', every: '7d' }] }],
  }),
};
const noStats = {
  ...{ waiting: 0, sent: 0, failed: 0, givenUp: 0, unreached: [], planned: 0, openThreads: 0 },
  ...{ lastTickAtMs: null, lastTickMs: 0, failures: 0 },
};
function heldOf(tenant: Tenant, name: string) {
  return {
    tenant,
    key: name,
    incidentId: name,
    receiver: 'inbox',
    reason: 'silence',
    says: name,
    untilMs: null,
  } as const;
}

test('the whole web port: no endpoint shows one tenant what is another’s', async () => {
  const directory = await tempDir();
  const warehouse = await migratedWarehouse(directory.path);
  try {
    for (const sql of [
      INSERT,
      INSERT_SPAN,
      INSERT_LOG,
      INSERT_ERROR,
      INSERT_CALL,
      INSERT_LOST,
      INSERT_QUEUE,
    ]) {
      await warehouse.command(sql, { tenant: a, name: marker, at: minutesAgo(1), trace: traceOfA });
      await warehouse.command(sql, { tenant: b, name: 'of-b', at: minutesAgo(1), trace: traceOfB });
    }
    await warehouse.command(FORMER, { tenant: a, name: marker, at: minutesAgo(2) });
    const objective = { title: marker, sli: { kind: 'success' }, objective: '99%' };
    await putSlo(warehouse, a, { id: marker, ...objective });
    const at = minutesAgo(1).toISOString();
    await incidentLog(warehouse)(
      [
        { tenant: a, incidentId: marker, title: marker },
        { tenant: b, incidentId: 'of-b' },
      ].map((one) => someEvent({ ...one, at, startedAt: at })),
    );
    const log = noticeLog(warehouse);
    for (const [tenant, name] of [
      [a, marker],
      [b, 'of-b'],
    ] as const) {
      const notice = { ...firing, tenant, id: name, threadId: name, title: name, receiver: 'inbox', at };
      await log.plan([{ notice, plan: null }]);
      await silenceLog(warehouse, tenant).make({
        ...{ id: name, at: minutesAgo(2), author: name, reason: name, actor: 'test' },
        ...{ match: { function: [name] }, from: minutesAgo(2), until: minutesAgo(-60), recurrence: null },
      });
    }
    const store = warehouseKeyStore(warehouse);
    const ring = await openKeyRing(store);
    const admin = storedKeyAdmin({ store, ring, now, randomBytes }, { actor: 'test', tenant: null });
    const keyA = await admin.create({ name: marker, role: 'admin', tenant: a });
    const keyB = await admin.create({ name: 'of-b', role: 'admin', tenant: b });
    const access = await openAccess({
      store,
      sessionSecret: randomBytes(32),
      sessionMs: 60_000,
      addresses: [{ host: '127.0.0.1', settingName: 'COLDBURN_HTTP' }],
      isInsecure: false,
      attemptPolicy: defaultAttemptPolicy,
      refreshEveryMs: 60_000,
      onRefreshError: () => undefined,
      now,
      randomBytes,
    });
    const app = createWebApp({
      roles: ['ingest', 'query', 'alerting', 'dashboards'],
      version: '0.0.0',
      appUrl: new URL('../../../dashboards/app/', import.meta.url),
      warehouse,
      access,
      runbooks: { pages: new Map(), style: '' },
      costs: { books: await loadPriceBooks(Cost.parse({})), settings: Cost.parse({}) },
      business: noBusiness,
      queues: { metrics: [], deadLetter: [] },
      sloFileProblems: () => [],
      hub: createLiveHub({ after: () => () => undefined }),
      tracing: noTracing,
      callers: followCallers(),
      readiness: () => [],
      metricSources: [],
      describeInstallation: () => ({
        otlpHttpUrl: 'http://127.0.0.1:4318',
        otlpGrpcUrl: null,
        isDemo: false,
        offersDemo: false,
        version: '0.0.0',
        mode: 'embedded',
      }),
      ingest: () => null,
      demo: null,
      telling: tellRoutes({
        context: { config: { ...configured.config, alerting: withSchedule }, now, newId: randomUUID },
        warehouse,
        receivers: new Map(),
        telling: () => ({ ...noStats, held: [heldOf(a, marker), heldOf(b, 'of-b')] }),
      }),
      backups: null,
      observe: () => undefined,
      log: false,
      now,
      newId: randomUUID,
    });
    const excluded = await app.inject({
      method: 'POST',
      url: '/api/v1/corrections',
      headers: { authorization: `Bearer ${keyA.secret}` },
      payload: {
        id: marker,
        author: marker,
        reason: marker,
        slo: [marker],
        from: new Date(Math.floor(minutesAgo(3_000).getTime() / 60_000) * 60_000).toISOString(),
        to: new Date(Math.floor(minutesAgo(2_940).getTime() / 60_000) * 60_000).toISOString(),
      },
    });
    assert.equal(excluded.statusCode, 201, excluded.body);
    const probed = await probeTwoTenants({
      app,
      keyA: keyA.secret,
      keyB: keyB.secret,
      markers: [marker, keyA.key.keyId],
      parameters: {
        from: minutesAgo(60).toISOString(),
        to: started.toISOString(),
        schedule: 'leads',
        fingerprint: '0000000000000001',
        sli: 'success',
        groupBy: 'function',
        traceId: traceOfA,
        id: marker,
        '/api/v1/latency function': marker,
        '/api/v1/heatmap function': marker,
        '/api/v1/inventory function': marker,
        // It repeats the name that was asked for, so another's is asked for.
        '/api/v1/gate function': 'of-b',
      },
    });
    // These answer figures without a name in them.
    const windowed = `function=${marker}&windowMs=3600000`;
    for (const path of ['latency', 'heatmap']) {
      const countOf = async (key: string) => {
        const headers = { authorization: `Bearer ${key}` };
        const answer = await app.inject({ url: `/api/v1/${path}?${windowed}`, headers });
        return z.object({ count: z.number() }).parse(answer.json()).count;
      };
      assert.deepEqual([await countOf(keyA.secret), await countOf(keyB.secret)], [3, 0], path);
    }
    await app.close();
    access.close();
    assert.deepEqual(
      probed.filter(({ seenByA }) => seenByA).map(({ path }) => path),
      [
        '/api/v1/keys',
        '/api/v1/functions',
        '/api/v1/sli',
        '/api/v1/invocations',
        '/api/v1/traces/{traceId}',
        '/api/v1/logs',
        '/api/v1/suggest',
        '/api/v1/errors',
        '/api/v1/errors/{fingerprint}',
        '/api/v1/dependencies',
        '/api/v1/impact',
        '/api/v1/inventory',
        '/api/v1/deployments',
        '/api/v1/slos',
        '/api/v1/slos/{id}',
        '/api/v1/slos/{id}/budget',
        '/api/v1/slos/{id}/ledger',
        '/api/v1/slos/{id}/whatif',
        '/api/v1/slos/{id}/compliance',
        '/api/v1/incidents',
        '/api/v1/incidents/{id}',
        '/api/v1/budgets',
        '/api/v1/corrections',
        '/api/v1/corrections/{id}',
        '/api/v1/silences',
        '/api/v1/silences/{id}',
        '/api/v1/notices',
        '/api/v1/inbox',
        '/api/v1/queues',
        '/api/v1/cost',
        '/api/v1/cost/changes',
        '/api/v1/cost/telemetry',
        '/api/v1/cost/traces/{traceId}',
      ],
    );
  } finally {
    await warehouse.close();
    await directory.remove();
  }
});
