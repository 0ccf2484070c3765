import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '../../../warehouse/migrate/ledger/ledger-entry.js';
import { migrationStatus } from '../../../warehouse/migrate/ledger/migration-status.js';
import { planMigrations } from '../../../warehouse/migrate/ledger/plan-migrations.js';
import { type RenderedMigration, sha256 } from '../../../warehouse/migrate/migration.js';
import type { Target } from '../../../warehouse/migrate/render/target.js';

const target: Target = { kind: 'single', database: 'db' };
const migrations: RenderedMigration[] = ['a', 'b', 'c'].map((name, index) => ({
  version: index + 1,
  name,
  file: `000${index + 1}_${name}.sql`,
  text: name,
  checksum: sha256(name),
  statements: [`${name}1`, `${name}2`],
}));

function entry(
  version: number,
  event: LedgerEntry['event'],
  changes: Partial<LedgerEntry> = {},
): LedgerEntry {
  const migration = migrations[version - 1];
  return {
    version,
    name: migration?.name ?? 'later',
    event,
    statement: 0,
    checksum: migration?.checksum ?? '',
    program: '0.1.0',
    layout: 'single',
    at: new Date(0),
    ...changes,
  };
}
const applied = (version: number) => [entry(version, 'started'), entry(version, 'finished')];
const plan = (entries: LedgerEntry[]) => planMigrations({ migrations, entries, target, program: '0.1.0' });

test('planMigrations: an empty ledger leaves everything to do, in order', () => {
  const planned = plan([]);
  assert.ok(planned.kind === 'ready');
  assert.deepEqual(
    planned.pending.map(({ migration, steps }) => [migration.version, steps.map(({ sql }) => sql)]),
    [
      [1, ['a1', 'a2']],
      [2, ['b1', 'b2']],
      [3, ['c1', 'c2']],
    ],
  );
});

test('planMigrations: a half-applied migration goes on behind the statements it recorded', () => {
  const half = [
    ...applied(1),
    entry(2, 'started'),
    entry(2, 'statement', { statement: 1, checksum: sha256('b1') }),
  ];
  const planned = plan(half);
  assert.ok(planned.kind === 'ready');
  const [next] = planned.pending;
  assert.deepEqual([next?.resumed, next?.steps.map(({ number }) => number)], [true, [2]]);
  assert.deepEqual(
    migrationStatus(migrations, half).map(({ state }) => state),
    ['applied', 'half-applied', 'pending'],
  );
});

const refusals = [
  {
    name: 'a version only a newer program knows, even half-applied',
    entries: [...applied(1), entry(4, 'started', { program: '0.2.0' })],
    says: /^The database "db" has schema version 4, made by coldburn 0\.2\.0, but this is coldburn 0\.1\.0/,
  },
  {
    name: 'a changed file',
    entries: [entry(1, 'finished', { checksum: 'other' })],
    says: /^Migration 0001_a\.sql was changed after it was applied to the database "db"/,
  },
  {
    name: 'a ledger with a hole',
    entries: [...applied(1), ...applied(3)],
    says: /^The database "db" has migration 3 but not 0002_b\.sql, so its ledger is damaged/,
  },
  {
    name: 'another layout',
    entries: [entry(1, 'finished', { layout: 'cluster main' })],
    says: /was built for "cluster main", but the configuration now says "single"/,
  },
  {
    name: 'a statement that ran and then changed',
    entries: [entry(1, 'started'), entry(1, 'statement', { statement: 2, checksum: 'other' })],
    says: /^Migration 0001_a\.sql stopped half-way and its statement 2, which had already run/,
  },
];
for (const { name, entries, says } of refusals)
  test(`planMigrations: refuses ${name}`, () => {
    const planned = plan(entries);
    assert.ok(planned.kind === 'refused');
    assert.match(planned.sentence, says);
  });
