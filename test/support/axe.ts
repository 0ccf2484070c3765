import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const axePath = require.resolve('axe-core/axe.min.js');

const Violations = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** Fails on anything axe finds. The script comes through the debugger, so the page's policy stays as strict as it is. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const found: unknown = await page.evaluate('axe.run(document).then(({ violations }) => violations)');
  const violations = Violations.parse(found);
  assert.deepEqual(
    violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`),
    [],
  );
}
