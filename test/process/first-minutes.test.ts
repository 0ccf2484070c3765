import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { snippetsFor } from '../../dashboards/web/view/snippets/snippets.js';
import { Installation } from '../../schemas/installation.js';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { launchBrowser, visit } from '../support/browser.js';
import { repositoryRoot } from '../support/repository-root.js';
import { type ServingProgram, startServing } from '../support/serving-program.js';
import { type TempDir, tempDir } from '../support/temp-dir.js';

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const deadlineMs = 30_000;

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

async function withProgram(
  prepare: (directory: TempDir) => Promise<void>,
  work: (program: ServingProgram, web: string) => Promise<void>,
): Promise<void> {
  const directory = await tempDir();
  await prepare(directory);
  const program = await startServing(entry, directory.path, deadlineMs);
  try {
    const web = program.urls.get('http');
    assert.ok(web !== undefined);
    await work(program, new URL('/', web).href);
  } finally {
    await program.kill();
    await directory.remove();
  }
}

test('first minutes: the snippet the empty page shows for Node makes its function appear on that page', async () => {
  await withProgram(
    async () => undefined,
    async (_program, web) => {
      await visit(browser, web, {}, async ({ page }) => {
        await page.getByText('Waiting for the first invocation').waitFor();
        const installation = Installation.parse(
          await (await fetch(new URL('/api/v1/installation', web))).json(),
        );
        const code = snippetsFor(installation)
          .find(({ id }) => id === 'node')
          ?.steps.at(-1)?.code;
        assert.ok(code !== undefined);
        // Beside the project, so that its packages resolve as they would in a user's own folder.
        const script = join(repositoryRoot, 'dist', `snippet-${process.pid}.mjs`);
        await writeFile(script, code);
        const sender = spawn(process.execPath, [script], {
          env: { OTEL_EXPORTER_OTLP_ENDPOINT: installation.otlpHttpUrl },
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        assert.deepEqual(await once(sender, 'exit'), [0, null]);
        await rm(script);
        await page.getByText('hello', { exact: true }).first().waitFor();
      });
    },
  );
});

test('first minutes: with keys the app asks for one, refuses a wrong one, and lets the right one in', async () => {
  let key = '';
  await withProgram(
    async ({ path }) => {
      const made = await spawnCli(['token', 'create', '--role', 'viewer', '--name', 'me'], { cwd: path });
      assert.equal(made.exitCode, 0, made.stderr);
      key = made.stdout.trim();
    },
    async (_program, web) => {
      await visit(browser, web, {}, async ({ page, watch }) => {
        watch.expect(/401/);
        await page.getByLabel('API key').fill('cbk_nobody_000000');
        await page.getByRole('button', { name: /sign in/i }).click();
        await page.getByRole('alert').waitFor();
        await page.getByLabel('API key').fill(key);
        await page.getByRole('button', { name: /sign in/i }).click();
        await page.getByText('Send your first invocation').waitFor();
        const cookies = await page.context().cookies();
        assert.ok(
          cookies.length === 1 &&
            cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict'),
        );
        await page.reload();
        await page.getByText('Send your first invocation').waitFor();
      });
    },
  );
});
