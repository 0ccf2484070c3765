import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const rooms = ['query/cost', 'query/routes/cost', 'cli/cost', 'schemas/cost'];

/** What turns text or exact fractions that stand for money into binary numbers. */
const binary = [
  /parseFloat/,
  /\.toFixed\(/,
  /Number\([^)]*(usd|cost|price|rate\b|amount)/i,
  /z\.(coerce\.)?number\(\)[^\n]*usd/i,
];

/** A share of two amounts is no amount. */
const share = /divide\(|ratio/i;

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

test('money: no file of cost turns an amount into a binary number', () => {
  const files = rooms.flatMap(sources);
  assert.ok(files.length > 60);
  const found = files.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        !share.test(line) && binary.some((pattern) => pattern.test(line))
          ? [`${path}:${index + 1}: ${line.trim()}`]
          : [],
      ),
  );
  assert.deepEqual(found, []);
});
