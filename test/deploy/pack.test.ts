import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { installPackedProgram } from '../support/packed-program.js';
import { repositoryRoot } from '../support/repository-root.js';

const MiB = 2 ** 20;
const program = installPackedProgram();
after(program.remove);
const paths = program.report.files.map(({ path }) => path);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));

function coldburn(...args: string[]) {
  return spawnSync(process.execPath, [program.entry, ...args], {
    cwd: program.emptyDir,
    encoding: 'utf8',
    timeout: 30_000,
  });
}

test('pack: the archive holds the program and how to start it', () => {
  for (const needed of ['package.json', 'bin/coldburn.mjs', 'bin/launch.mjs', 'dist/cli/main.js']) {
    assert.ok(paths.includes(needed), `${needed} is missing`);
  }
});

test('pack: the SQL files travel with the code that reads them', () => {
  const built = join(repositoryRoot, 'dist/schemas/sql');
  const migrations = readdirSync(join(repositoryRoot, 'schemas/sql')).filter((name) => name.endsWith('.sql'));
  assert.ok(migrations.length > 0 && existsSync(built), 'run node bin/build.mjs first');
  for (const name of migrations) assert.ok(paths.includes(`dist/schemas/sql/${name}`), `${name} is missing`);
});

test('pack: the web app is inside as soon as there is one', () => {
  const written = existsSync(join(repositoryRoot, 'dashboards/web/vite.config.ts'));
  assert.equal(paths.includes('dist/dashboards/app/index.html'), written);
});

test('pack: nothing else is inside', () => {
  const allowed = /^(package\.json|README\.md|LICENSE|NOTICE|bin\/(coldburn|launch)\.mjs|dist\/.+)$/;
  // The views are pure, and the server asks them what a page will ask first.
  const unwanted =
    /^dist\/(test|bench|\..*|dashboards\/web(?!\/view\/))(\/|$)|\.(map|ts|tsx|tsbuildinfo)$|(^|\/)\.built-/;
  assert.deepEqual(
    paths.filter((path) => !allowed.test(path) || unwanted.test(path)),
    [],
  );
});

test('pack: the archive stays small, because the engine is a dependency', () => {
  assert.ok(program.report.size < 3 * MiB, `${program.report.size} bytes`);
  assert.ok(program.report.unpackedSize < 12 * MiB, `${program.report.unpackedSize} bytes`);
});

test('pack: in an empty folder the program says which version it is', () => {
  const { status, stdout, stderr } = coldburn('--version');
  assert.equal(stderr, '');
  assert.match(stdout, new RegExp(`(^|\\s)v?${version.replaceAll('.', '\\.')}\\n$`));
  assert.equal(status, 0);
});

test('pack: in an empty folder the program explains itself and leaves nothing behind', () => {
  const { status, stdout } = coldburn('--help');
  assert.equal(status, 0);
  assert.match(stdout, /^Usage: coldburn /);
  assert.deepEqual(readdirSync(program.emptyDir), ['node_modules']);
});
