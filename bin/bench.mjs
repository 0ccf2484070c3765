// `npm run bench [-- name… [--option…]]`: builds, runs each benchmark in a process of its own, prints one table, keeps the figures.
// A benchmark is bench/NAME.ts with `export async function bench(options)`, which answers
// { rows: [{ measure, value, unit, aim? }] }; it is given all that follows the names, from the first `--` on.
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { engineEnvironment } from './launch.mjs';

const self = fileURLToPath(import.meta.url);
const root = join(dirname(self), '..');

function run(name, options) {
  return new Promise((resolve, reject) => {
    const child = fork(self, ['--one', name, ...options], {
      cwd: root,
      env: { ...engineEnvironment, ...process.env },
      execArgv: ['--enable-source-maps'],
    });
    let result = null;
    child.on('message', (message) => {
      result = message;
    });
    child.on('exit', (code) => {
      if (code === 0 && result !== null) resolve(result);
      else reject(new Error(`The benchmark ${name} ended with ${code}`));
    });
  });
}

function print(rows) {
  const cells = rows.map(({ bench, measure, value, unit, aim }) => [
    bench,
    measure,
    format(value),
    aim === undefined ? unit : `${unit} (aim: ${aim})`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column].length)));
  for (const [bench, measure, value, unit] of cells) {
    const left = `${bench.padEnd(widths[0])}  ${measure.padEnd(widths[1])}`;
    process.stdout.write(`${left}  ${value.padStart(widths[2])} ${unit}\n`);
  }
}

function format(value) {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

async function main(given) {
  await build();
  const first = given.findIndex((word) => word.startsWith('-'));
  const wanted = first < 0 ? given : given.slice(0, first);
  const options = first < 0 ? [] : given.slice(first);
  const names = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  if (names.length === 0) {
    process.stderr.write(`coldburn: no benchmark is called ${wanted.join(' ')}; see bench/\n`);
    process.exit(2);
  }
  const date = new Date().toISOString();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  };
  const table = [];
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  for (const name of names) {
    const { rows } = await run(name, options);
    table.push(...rows.map((row) => ({ bench: name, ...row })));
    const file = join(root, 'bench/results', `${name}-${date.replaceAll(/[:.]/g, '-')}.json`);
    writeFileSync(file, `${JSON.stringify({ bench: name, date, machine, rows }, null, 2)}\n`);
  }
  process.stdout.write(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  print(table);
}

if (process.argv[2] === '--one') {
  const { bench } = await import(`../dist/bench/${process.argv[3]}.js`);
  const result = await bench(process.argv.slice(4));
  process.send(result, () => process.exit(0));
} else await main(process.argv.slice(2));
