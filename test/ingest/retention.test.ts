import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Ingest } from '../../ingest/start-ingest.js';
import { type Access, Tenant } from '../../schemas/access.js';
import { defaultRetention } from '../../schemas/retention.js';
import type { Warehouse } from '../../warehouse/warehouse.js';
import { migratedWarehouse } from '../support/migrated-warehouse.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';
import { runIngest } from './support/running-ingest.js';
import { goodSpan, jsonRequest } from './support/sample-span.js';

const dayMs = 86_400_000;

let dir: TempDir;
let warehouse: Warehouse;
let ingest: Ingest;
before(async () => {
  dir = await tempDir();
  warehouse = await migratedWarehouse(join(dir.path, 'data'));
  const insert = warehouse.insertSegment;
  ingest = await runIngest(join(dir.path, 'spool'), (segment, options) => insert(segment, options), {
    authorize: async (key) => {
      const access: Access = { tenant: Tenant.parse(key ?? 'default'), role: 'ingest', keyId: key };
      return { kind: 'granted', access };
    },
    config: { retention: { ...defaultRetention, tenants: { brief: { spans: 2, invocations: 3, logs: 1 } } } },
  });
});
after(async () => {
  await ingest?.stop(5000);
  await warehouse?.close();
  await dir?.remove();
});

const Answer = z.object({
  partialSuccess: z
    .object({ errorMessage: z.string().default('') })
    .catchall(z.unknown())
    .default({ errorMessage: '' }),
});

async function send(path: string, body: string | Buffer, tenant: string) {
  const response = await fetch(`${ingest.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tenant}` },
    body: new Uint8Array(Buffer.from(body)),
  });
  assert.equal(response.status, 200);
  const { partialSuccess } = Answer.parse(await response.json());
  const rejected = Number(partialSuccess['rejectedSpans'] ?? partialSuccess['rejectedLogRecords'] ?? 0);
  return { rejected, message: partialSuccess.errorMessage };
}

let lastId = 0;
/** A span of that age; one without a parent is an invocation. */
function spanOf(ageDays: number, isChild: boolean): object {
  const startNs = BigInt(Math.round(Date.now() - ageDays * dayMs)) * 1_000_000n;
  lastId++;
  return {
    ...goodSpan,
    spanId: lastId.toString(16).padStart(16, '0'),
    ...(isChild ? { parentSpanId: 'b7ad6b7169203331', kind: 1 } : {}),
    startTimeUnixNano: startNs.toString(),
    endTimeUnixNano: (startNs + 5_000_000n).toString(),
  };
}

const STORED = `
  SELECT
    (SELECT count() FROM spans WHERE tenant = {tenant: String}) AS spans,
    (SELECT count() FROM invocations WHERE tenant = {tenant: String}) AS invocations`;
const Stored = z.object({ spans: z.coerce.number(), invocations: z.coerce.number() });

const cases = [
  { tenant: 'brief', ageDays: 1, spans: 2, invocations: 1, rejected: 0, says: /^$/ },
  {
    tenant: 'brief',
    ageDays: 2.5,
    spans: 0,
    invocations: 1,
    rejected: 1,
    says: /1 refused.*retention.*1 older/,
  },
  {
    tenant: 'brief',
    ageDays: 3.5,
    spans: 0,
    invocations: 0,
    rejected: 2,
    says: /2 refused: .*\(retention\)/,
  },
  { tenant: 'other', ageDays: 3.5, spans: 2, invocations: 1, rejected: 0, says: /^$/ },
  { tenant: 'other', ageDays: 20, spans: 0, invocations: 1, rejected: 1, says: /stored as invocations/ },
  { tenant: 'other', ageDays: 31, spans: 0, invocations: 0, rejected: 2, says: /2 refused/ },
];
for (const { tenant, ageDays, spans, invocations, rejected, says } of cases) {
  test(`retention: an invocation and its child, ${ageDays} days old, of tenant ${tenant}: what is acknowledged is there, the rest is refused`, async () => {
    const stored = async () => (await warehouse.query(STORED, { tenant }, Stored))[0];
    const before = await stored();
    const answer = await send(
      '/v1/traces',
      jsonRequest([spanOf(ageDays, false), spanOf(ageDays, true)]),
      tenant,
    );
    assert.equal(answer.rejected, rejected);
    assert.match(answer.message, says);
    const expected = {
      spans: (before?.spans ?? 0) + spans,
      invocations: (before?.invocations ?? 0) + invocations,
    };
    await waitUntil('the segment is inserted', () => ingest.stats().spool.segments === 0);
    await waitUntil('every acknowledged row is there', async () => {
      const now = await stored();
      return now?.spans === expected.spans && now.invocations === expected.invocations;
    });
  });
}

test('retention: logs are refused by the retention of logs, and every refusal is counted', async () => {
  const logs = (ageDays: number) =>
    JSON.stringify({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                { timeUnixNano: `${Date.now() - ageDays * dayMs}000000`, body: { stringValue: 'x' } },
              ],
            },
          ],
        },
      ],
    });
  assert.equal((await send('/v1/logs', logs(0.5), 'brief')).rejected, 0);
  assert.equal((await send('/v1/logs', logs(1.5), 'brief')).rejected, 1);
  assert.equal((await send('/v1/logs', logs(1.5), 'other')).rejected, 0);
  const { counts } = ingest.stats();
  assert.deepEqual(counts.signals.logs.refusedItems, { 'too-old': 1 });
  assert.deepEqual(counts.signals.traces.refusedItems, { 'too-old': 6 });
  assert.equal(counts.invocationsOnly, 2);
});
