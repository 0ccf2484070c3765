// Builds what is missing: TypeScript to dist/, the SQL, price and demo files and runbooks beside it, the web app into dist/dashboards/app.
// Each step is skipped while its output is newer than every input, so a second start costs milliseconds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const rooms = [
  'schemas',
  'warehouse',
  'http',
  'access',
  'ingest',
  'settle',
  'query',
  'alerting',
  'dashboards',
  'cli',
];
const require = createRequire(import.meta.url);

function newest(paths) {
  let latestMs = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    latestMs = Math.max(latestMs, stat.mtimeMs);
    if (stat.isDirectory())
      latestMs = Math.max(latestMs, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latestMs;
}

async function step(name, inputs, run) {
  const stamp = join(root, 'dist', `.built-${name}`);
  const inputMs = newest(inputs.map((path) => join(root, path)));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= inputMs) return;
  await run();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${new Date().toISOString()}\n`);
}

async function node(script, args) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    process.stderr.write(`coldburn: the build failed in ${script}; the messages above say where.\n`);
    process.exit(1);
  }
}

/**
 * Brings dist/ up to date; a type error anywhere, tests included, fails it. The steps write to places of their
 * own, so they run at the same time: that saves a newcomer's first start a third of the wait.
 */
export async function build() {
  const config = ['package.json', 'tsconfig.json'];
  await Promise.all([
    step('code', [...rooms, 'test', 'bench', ...config], () =>
      node(join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'), ['-p', 'tsconfig.json']),
    ),
    step('sql', ['schemas/sql'], () => {
      rmSync(join(root, 'dist/schemas/sql'), { recursive: true, force: true });
      cpSync(join(root, 'schemas/sql'), join(root, 'dist/schemas/sql'), { recursive: true });
    }),
    step('prices', ['schemas/prices'], () => {
      rmSync(join(root, 'dist/schemas/prices'), { recursive: true, force: true });
      cpSync(join(root, 'schemas/prices'), join(root, 'dist/schemas/prices'), { recursive: true });
    }),
    step('objectives', ['cli/demo/objectives'], () => {
      mkdirSync(join(root, 'dist/cli/demo/objectives'), { recursive: true });
      cpSync(join(root, 'cli/demo/objectives/shop.yaml'), join(root, 'dist/cli/demo/objectives/shop.yaml'));
    }),
    step('runbooks', ['docs/runbooks', 'alerting/runbooks', 'bin/runbooks.mjs'], () =>
      node(join(root, 'bin/runbooks.mjs'), []),
    ),
    step('web', ['dashboards/web', 'schemas', ...config], () =>
      node(join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js'), [
        'build',
        '--logLevel',
        'warn',
        '--config',
        'dashboards/web/vite.config.ts',
      ]),
    ),
  ]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
