import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  defaultRetention,
  keptDays,
  type Retention,
  RetentionSettings,
  retainedTables,
} from '../../../schemas/retention.js';
import { tableTtls } from '../../../warehouse/retention/table-ttl.js';
import { repositoryRoot } from '../../support/repository-root.js';

const ttlIn = (retention: Retention, name: string) =>
  tableTtls(retention).find(({ table }) => table === name);

test('retention: by default rollups outlive raw rows, and resources outlive the spans that point at them', () => {
  const { invocations, invocations_1m: minutes, invocations_1h: hours, spans } = defaultRetention;
  assert.ok(invocations < minutes && minutes < hours);
  assert.equal(spans, 14);
  assert.deepEqual(ttlIn(defaultRetention, 'resources'), {
    table: 'resources',
    ttl: 'seen_on + toIntervalDay(17)',
    dropsWholeParts: true,
  });
  assert.equal(tableTtls(defaultRetention).length, Object.keys(retainedTables).length + 1);
});

const rules = [
  { name: 'no tenants: whole parts go', tenants: {}, ttl: 'minute + toIntervalDay(95)', whole: true },
  {
    name: 'a tenant with the same days changes nothing',
    tenants: { a: { invocations_1m: 95 } },
    ttl: 'minute + toIntervalDay(95)',
    whole: true,
  },
  {
    name: 'a rule for another table changes nothing',
    tenants: { a: { logs: 1 } },
    ttl: 'minute + toIntervalDay(95)',
    whole: true,
  },
  {
    name: 'different tenants, in one order whatever the file says',
    tenants: { b: { invocations_1m: 7 }, a: { invocations_1m: 400 } },
    ttl: "minute + toIntervalDay(transform(tenant, ['a', 'b'], [400, 7], 95))",
    whole: false,
  },
];
for (const { name, tenants, ttl, whole } of rules) {
  test(`retention: ${name}`, () => {
    const retention = { ...defaultRetention, tenants };
    assert.deepEqual(ttlIn(retention, 'invocations_1m'), {
      table: 'invocations_1m',
      ttl,
      dropsWholeParts: whole,
    });
  });
}

test('retention: resources follow the spans of each tenant', () => {
  const retention = { ...defaultRetention, tenants: { a: { spans: 60 } } };
  assert.equal(
    ttlIn(retention, 'resources')?.ttl,
    "seen_on + toIntervalDay(transform(tenant, ['a'], [63], 17))",
  );
  assert.deepEqual(
    [keptDays(retention, 'spans', 'a'), keptDays(retention, 'spans', 'b'), keptDays(retention, 'logs', 'a')],
    [60, 14, 14],
  );
});

test('retention: days are whole days; anything else is a sentence', () => {
  const { spans, logs, tenants } = RetentionSettings.parse({
    spans: '7d',
    logs: 3,
    tenants: { a: { logs: '90d' } },
  });
  assert.deepEqual([spans, logs, tenants], [7, 3, { a: { logs: 90 } }]);
  for (const wrong of ['12h', 0, 1.5, '4000d', '-1d', null]) {
    const parsed = RetentionSettings.safeParse({ spans: wrong });
    assert.match(parsed.error?.message ?? '', /must be whole days from 1 to 3650/, String(wrong));
  }
  assert.equal(RetentionSettings.safeParse({ tenants: { 'Not A Tenant': {} } }).success, false);
  assert.equal(RetentionSettings.safeParse({ tenants: { a: { spanz: 1 } } }).success, false);
});

/** Logs of what arrived and batches under way, which are read for minutes or days and never shown, and error groups seen lately. */
const notTelemetry = [
  'error_groups',
  'settle_batches',
  'settle_facts',
  'settle_log',
  'settle_wanted',
  'slo_touched',
  'slo_touched_figures',
];

test('retention: every table that grows old can be kept longer or shorter, and is named', () => {
  const directory = join(repositoryRoot, 'schemas/sql');
  const statements = readdirSync(directory).flatMap((file) =>
    readFileSync(join(directory, file), 'utf8').split(/;\s*\n/),
  );
  const aging = statements.flatMap((text) => {
    const [, table] = /\{\{table:(\w+)/.exec(text) ?? [];
    return table !== undefined && /^TTL /m.test(text) ? [table] : [];
  });
  const named = tableTtls(defaultRetention).map(({ table }) => table);
  assert.deepEqual(aging.toSorted(), [...named, ...notTelemetry].toSorted());
});
