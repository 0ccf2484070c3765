// `npm run check`: types, lint, format, dead code, architecture. Zero warnings, under half a minute.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

function run(name, args) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

await build();
const results = await Promise.all([
  run('web types', [join(modules, 'typescript/bin/tsc'), '-p', 'dashboards/web/tsconfig.json']),
  run('lint and format', [join(modules, '@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
  run('dead code', [join(modules, 'knip/bin/knip.js'), '--no-progress']),
  run('architecture', ['--test', 'dist/test/architecture.test.js']),
]);
process.exit(results.every(Boolean) ? 0 : 1);
