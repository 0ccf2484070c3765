import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { migratedWarehouse } from '../../support/migrated-warehouse.js';
import { tempDir } from '../../support/temp-dir.js';
import { waitUntil } from '../../support/wait-until.js';
import { sendRaw } from '../support/raw-http.js';
import { runIngest } from '../support/running-ingest.js';

const bearer = 'Bearer hidden0hidden0hidden0';
const plain = 'hidden0hidden0';
const secretPair = { key: 'db.password', value: { stringValue: plain } };
const textPair = { key: 'note', value: { stringValue: `sent ${bearer}` } };
const attributes = [secretPair, textPair, { key: 'service.name', value: { stringValue: 'visible-shop' } }];
const now = `${Date.now()}000000`;
const resource = { attributes };
const bodies = {
  traces: {
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            spans: [
              {
                traceId: '0af7651916cd43dd8448eb211c80319c',
                spanId: 'b7ad6b7169203331',
                name: `run ${bearer}`,
                kind: 2,
                startTimeUnixNano: now,
                endTimeUnixNano: now,
                attributes,
                status: { code: 2, message: `refused ${bearer}` },
                events: [
                  {
                    timeUnixNano: now,
                    name: 'exception',
                    attributes: [
                      secretPair,
                      { key: 'exception.type', value: { stringValue: 'Denied' } },
                      { key: 'exception.message', value: { stringValue: `with ${bearer}` } },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  logs: {
    resourceLogs: [
      {
        resource,
        scopeLogs: [
          {
            logRecords: [
              { timeUnixNano: now, body: { stringValue: `got ${bearer}` }, attributes },
              { timeUnixNano: now, body: { kvlistValue: { values: [secretPair] } }, attributes },
            ],
          },
        ],
      },
    ],
  },
  metrics: {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'm',
                gauge: {
                  dataPoints: [
                    {
                      timeUnixNano: now,
                      asDouble: 1,
                      attributes,
                      exemplars: [{ timeUnixNano: now, asDouble: 1, filteredAttributes: [secretPair] }],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  },
};

const SEARCH = `
  SELECT countIf(position(formatRow('TSV', *), 'hidden0') > 0) AS hidden,
         countIf(position(formatRow('TSV', *), 'visible-shop') > 0) AS visible
  FROM {table: Identifier}`;
const Hits = z.object({ hidden: z.coerce.number(), visible: z.coerce.number() });

test('no secret ever comes to the disk: not in a log, not in a row file, not in a table', async () => {
  const dir = await tempDir();
  const warehouse = await migratedWarehouse(join(dir.path, 'data'));
  const spool = join(dir.path, 'spool');
  const seen = new Map<string, Buffer>();
  const ingest = await runIngest(spool, async (segment, options) => {
    for (const name of await readdir(spool)) {
      if (/\.(wal|rows)$/.test(name)) seen.set(name, await readFile(join(spool, name)));
    }
    await warehouse.insertSegment(segment, options);
  });
  try {
    for (const [signal, body] of Object.entries(bodies)) {
      const headers = { 'content-type': 'application/json' };
      const answer = await sendRaw(ingest.port, Buffer.from(JSON.stringify(body)), headers, {
        path: `/v1/${signal}`,
      });
      assert.equal(answer.status, 200);
    }
    const tables = ['spans', 'invocations', 'logs', 'metric_points'];
    await waitUntil('all is inserted', async () => {
      const hits = await Promise.all(tables.map((table) => warehouse.query(SEARCH, { table }, Hits)));
      return hits.every(([one]) => (one?.visible ?? 0) > 0);
    });
    for (const table of tables) {
      assert.ok(
        [...seen.keys()].some((name) => name.endsWith(`.${table}.rows`)),
        table,
      );
      const [hits] = await warehouse.query(SEARCH, { table }, Hits);
      assert.deepEqual({ table, ...hits }, { table, hidden: 0, visible: table === 'logs' ? 2 : 1 });
    }
    for (const [name, bytes] of seen) {
      assert.ok(bytes.includes('visible-shop'), `${name} should hold something`);
      assert.ok(!bytes.includes('hidden0'), `${name} holds a secret`);
    }
    const { redactions } = ingest.stats().counts;
    assert.deepEqual(Object.keys(redactions).sort(), ['bearer-tokens', 'secret-keys']);
  } finally {
    await ingest.stop(2000);
    await warehouse.close();
    await dir.remove();
  }
});
