// `npm test [-- name…]`: builds, then hands every dist/test/**/*.test.js to node's own runner and ends with its summary.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { engineEnvironment } from './launch.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
await build();
const wanted = process.argv.slice(2);
const sources = readdirSync(join(root, 'test'), { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => wanted.length === 0 || wanted.some((name) => path.includes(name)))
  .sort();
if (sources.length === 0) {
  process.stderr.write(`No test file matches ${wanted.join(' ')}\n`);
  process.exit(2);
}
const files = sources.map((path) => relative(root, join(root, 'dist/test', path.replace(/\.ts$/, '.js'))));
const flags = [
  '--enable-source-maps',
  '--test',
  '--test-reporter=spec',
  '--test-concurrency=2',
  '--test-timeout=240000',
];
const { status } = spawnSync(process.execPath, [...flags, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...engineEnvironment },
});
process.exit(status ?? 1);
