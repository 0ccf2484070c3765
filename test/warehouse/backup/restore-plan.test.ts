import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../../../warehouse/backup/manifest.js';
import { planRestore } from '../../../warehouse/backup/restore-plan.js';
import type { StoredTable } from '../../../warehouse/backup/stored-table.js';

const column = (name: string, type = 'String') => ({ name, type, isKey: false });
const stored: StoredTable[] = [
  {
    name: 'spans',
    engine: 'MergeTree',
    ages: true,
    columns: [column('tenant'), column('name'), column('new')],
  },
  { name: 'later', engine: 'MergeTree', ages: false, columns: [column('tenant')] },
];
const manifest = (table: string, columns: { name: string; type: string }[], schemaVersion = 3): Manifest => ({
  format: 1,
  id: 'a',
  program: '0.9.0',
  schemaVersion,
  createdAt: '2026-11-20T12:00:00.000Z',
  tables: [{ name: table, columns, figures: { rows: 0, hash: '0' }, files: [] }],
});
const columns = [
  { name: 'tenant', type: 'String' },
  { name: 'name', type: 'String' },
];

test('planRestore: tables and columns that the schema has since gained are no hindrance, and are not compared', () => {
  const [planned, ...others] = planRestore(manifest('spans', columns), stored, 5);
  assert.deepEqual(
    planned?.stored.columns.map(({ name }) => name),
    ['tenant', 'name'],
  );
  assert.deepEqual(others, []);
});

const refused = [
  {
    name: 'a newer schema',
    of: manifest('spans', columns, 6),
    says: /schema version 6; this one knows up to 5/,
  },
  {
    name: 'a table that is gone',
    of: manifest('gone', columns),
    says: /has a table "gone", which this schema has not/,
  },
  {
    name: 'a column of another type',
    of: manifest('spans', [{ name: 'tenant', type: 'UInt8' }]),
    says: /spans\.tenant of type UInt8.*restore it with coldburn 0\.9\.0/,
  },
];
for (const { name, of, says } of refused) {
  test(`planRestore: ${name} is refused with a sentence`, () => {
    assert.throws(() => planRestore(of, stored, 5), says);
  });
}
