import { randomUUID } from 'node:crypto';
import { argv, env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openReceivers } from '../../../alerting/outbox/open-receivers.js';
import { createTellJob } from '../../../alerting/outbox/tell-job.js';
import { addressGuard } from '../../../alerting/outgoing/address-guard.js';
import { createAlertJob } from '../../../alerting/tick/alert-job.js';
import { defaultTenant } from '../../../schemas/access.js';
import { parseConfig } from '../../../schemas/config/parse-config.js';
import { runAlone } from '../../../warehouse/migrate/lease/run-alone.js';
import { openServer } from '../../../warehouse/server/open-server.js';
import { testLimits } from '../../support/embedded-warehouse.js';
import { costAlerts, testCosts } from '../tick/test-costs.js';

// Decides and tells on a server until it is killed, beside whoever else does; the clock of decisions comes from its parent.
const [, , url = '', database = '', receiver = '', directory = ''] = argv;
const options = { url, user: 'default', password: env['ENDPOINT_PASSWORD'] ?? '', database };
const warehouse = await openServer({ ...options, limits: testLimits, newId: randomUUID });
let nowMs = Number(env['NOW_MS']);
process.on('message', (message) => {
  nowMs = z.object({ nowMs: z.number() }).parse(message).nowMs;
});
const parsed = parseConfig({
  yamlText: JSON.stringify({
    alerting: {
      waitMs: 0,
      to: ['hook'],
      receivers: [{ name: 'hook', kind: 'webhook', url: receiver }],
    },
  }),
  yamlPath: 'c.yaml',
  env: {},
});
if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.problems));
const settings = parsed.config.alerting;
const isAllowed = addressGuard(['127.0.0.1']);
const receivers = openReceivers(settings, { isAllowed, resolve: async () => [], timeoutMs: 2_000 });
const alone = {
  warehouse,
  target: { kind: 'single', database } as const,
  lease: { leaseMs: 1_500, heartbeatMs: 300, pollMs: 50, holder: randomUUID(), isAbandoned: () => false },
  everyMs: 100,
  now: () => new Date(),
  wait: async (ms: number, signal: AbortSignal) => {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  },
  random: Math.random,
  log: { warn: () => undefined, info: () => undefined },
};
const costs = await testCosts();
const queues = { metrics: [], deadLetter: [] };
runAlone({ ...alone, subject: { prefix: 'alerting_lease_', doing: 'deciding alerts in' } }, (mayWrite) =>
  createAlertJob({
    ...{ warehouse, directory, mayWrite, rules: [], queues, costs, costAlerts },
    now: () => new Date(nowMs),
    diagnose: async () => null,
    publish: () => undefined,
    warn: () => undefined,
  }),
);
runAlone(
  { ...alone, subject: { prefix: 'notices_lease_', doing: 'telling people of incidents in' } },
  (mayWrite) =>
    createTellJob({
      ...{ warehouse, settings, receivers, mayWrite, reportTenant: defaultTenant },
      nowMs: () => nowMs,
      random: Math.random,
      warn: () => undefined,
    }),
);
process.send?.('started');
