import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { toMigrations } from '../warehouse/migrate/migration.js';
import { floors, longFiles, pureFolders } from './architecture/rooms.js';
import {
  environmentViolations,
  floorViolations,
  lengthViolations,
  purityViolations,
  valueCycles,
} from './architecture/rules.js';
import { parseSource, type SourceFile } from './architecture/source-file.js';

// Compiled to dist/test, so the sources are two levels up.
const root = join(import.meta.dirname, '..', '..');

function sources(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${String(name)}`)
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8'))),
  );
}

const rooms = sources(floors.flat());
const everything = [...rooms, ...sources(['test', 'bench'])];

test('architecture: no import goes up or sideways', () => {
  assert.ok(rooms.length > 0);
  assert.deepEqual(floorViolations(rooms), []);
});

test('architecture: pure folders do no I/O and read no clock', () => {
  for (const folder of pureFolders) assert.ok(existsSync(join(root, folder)), `${folder} does not exist`);
  assert.deepEqual(purityViolations(rooms), []);
});

test('architecture: no cycles of value imports', () => {
  assert.deepEqual(valueCycles(everything), []);
});

test('architecture: no file over 300 lines', () => {
  for (const path of longFiles) assert.ok(existsSync(join(root, path)), `${path} does not exist`);
  assert.deepEqual(lengthViolations(everything), []);
});

test('architecture: the environment is read only in cli/main.ts', () => {
  assert.deepEqual(environmentViolations(rooms), []);
});

test('architecture: every room has a README of under 40 lines', () => {
  for (const room of [...floors.flat(), 'test', 'bench', 'deploy', 'docs']) {
    const lines = readFileSync(join(root, room, 'README.md'), 'utf8').split('\n').length;
    assert.ok(lines > 4 && lines < 40, `${room}/README.md has ${lines} lines`);
  }
});

test('architecture: migrations are one line of numbers, none twice and none left out', () => {
  const files = readdirSync(join(root, 'schemas/sql')).map((file) => ({ file, text: '' }));
  assert.equal(toMigrations(files).length, files.length);
  assert.throws(() => toMigrations([...files, { file: '0001_again.sql', text: '' }]), /same number/);
});

const planted = [
  {
    name: 'an import up a floor',
    run: () => floorViolations([parseSource('query/a.ts', "import { x } from '../cli/x.js';")]),
  },
  {
    name: 'an import sideways, even of a type',
    run: () => floorViolations([parseSource('query/a.ts', "import type { X } from '../ingest/x.js';")]),
  },
  {
    name: 'an import out of the rooms',
    run: () => floorViolations([parseSource('query/a.ts', "export { x } from '../test/x.js';")]),
  },
  {
    name: 'file system in a pure folder',
    run: () =>
      purityViolations([parseSource('pure/a.ts', "import { readFileSync } from 'node:fs';")], ['pure']),
  },
  {
    name: 'a clock in a pure folder',
    run: () => purityViolations([parseSource('pure/a.ts', 'export const at = () => new Date();')], ['pure']),
  },
  {
    name: 'a cycle',
    run: () =>
      valueCycles([
        parseSource('query/a.ts', "import { b } from './b.js';"),
        parseSource('query/b.ts', "import { a } from './a.js';"),
      ]),
  },
  { name: 'a long file', run: () => lengthViolations([parseSource('query/a.ts', 'x\n'.repeat(301))]) },
  {
    name: 'a setting read past the schema',
    run: () => environmentViolations([parseSource('query/a.ts', 'export const home = process.env.HOME;')]),
  },
];
for (const { name, run } of planted) {
  test(`architecture: the rules would find ${name}`, () => {
    assert.equal(run().length, 1);
  });
}

test('architecture: comments and type imports do not count as effects', () => {
  const quiet = parseSource(
    'pure/a.ts',
    "import type { Server } from 'node:http';\n// process.exit is not ours\nexport type S = Server;",
  );
  assert.deepEqual(purityViolations([quiet], ['pure']), []);
  const cycle = [
    parseSource('query/a.ts', "import type { B } from './b.js';"),
    parseSource('query/b.ts', "import { a } from './a.js';"),
  ];
  assert.deepEqual(valueCycles(cycle), []);
});
