import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { renderMigrations, toMigrations } from '../../../warehouse/migrate/migration.js';
import { readMigrations } from '../../../warehouse/migrate/read-migrations.js';
import { tempDir } from '../../support/temp-dir.js';

const file = (name: string) => ({ file: name, text: '' });

const mistakes = [
  {
    name: 'a gap',
    files: ['0001_a.sql', '0003_c.sql'],
    says: /^Migration 0003_c\.sql should have the number 0002/,
  },
  { name: 'a late start', files: ['0002_b.sql'], says: /^Migration 0002_b\.sql should have the number 0001/ },
  {
    name: 'a number used twice',
    files: ['0001_a.sql', '0002_b.sql', '0002_c.sql'],
    says: /^Migrations 0002_b\.sql and 0002_c\.sql have the same number/,
  },
  { name: 'no number', files: ['notes.sql'], says: /^Migration notes\.sql is not named like/ },
  { name: 'capitals', files: ['0001_A.sql'], says: /^Migration 0001_A\.sql is not named like/ },
  {
    name: 'another kind of file',
    files: ['0001_a.sql', 'README.md'],
    says: /^Migration README\.md is not named/,
  },
];
for (const { name, files, says } of mistakes)
  test(`toMigrations: refuses ${name}`, () => {
    assert.throws(() => toMigrations(files.map(file)), { name: 'StartupError', message: says });
  });

test('toMigrations: orders by number, and line ends do not change the checksum', () => {
  const [first, second] = toMigrations([
    { file: '0002_b.sql', text: 'a\nb\n' },
    { file: '0001_a.sql', text: 'a\r\nb\r\n' },
  ]);
  assert.deepEqual([first?.name, second?.name], ['a', 'b']);
  assert.equal(first?.checksum, second?.checksum);
  assert.match(first?.checksum ?? '', /^[0-9a-f]{64}$/);
});

test('renderMigrations: a mistake names its file', () => {
  const migrations = toMigrations([{ file: '0001_a.sql', text: 'DROP TABLE IF EXISTS {{drop:gone}}' }]);
  assert.throws(() => renderMigrations(migrations, { kind: 'single', database: 'db' }), {
    message: 'Migration 0001_a.sql: names the table gone, which no earlier statement creates.',
  });
});

test('readMigrations: reads a folder, with or without the last slash, and passes over hidden files', async () => {
  const { path: folder, remove } = await tempDir();
  try {
    await writeFile(join(folder, '0001_a.sql'), 'SELECT 1');
    await writeFile(join(folder, '.swp'), '');
    for (const url of [pathToFileURL(folder), pathToFileURL(`${folder}/`)]) {
      const migrations = await readMigrations(url);
      assert.deepEqual(
        migrations.map(({ file, text }) => ({ file, text })),
        [{ file: '0001_a.sql', text: 'SELECT 1' }],
      );
    }
  } finally {
    await remove();
  }
});
