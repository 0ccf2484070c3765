import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { problemTable } from '../../schemas/problem.js';

const document = new URL('../../../docs/errors.md', import.meta.url);

test('docs/errors.md: lists exactly the errors the program can answer, with status and remedy', async () => {
  const text = await readFile(document, 'utf8');
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` +\| (\d+) +\| (.+?) +\|$/gm)].map(
    ([, code, status, remedy]) => `${code} ${status} ${remedy}`,
  );
  const known = Object.entries(problemTable).map(
    ([code, { status, remedy }]) => `${code} ${status} ${remedy}`,
  );
  assert.deepEqual(listed, known);
});
