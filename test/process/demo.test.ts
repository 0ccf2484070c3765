import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { Demo } from '../../schemas/demo.js';
import { FunctionList } from '../../schemas/functions.js';
import { Installation } from '../../schemas/installation.js';
import { Problem } from '../../schemas/problem.js';
import { spawnCli } from '../cli/support/spawn-cli.js';
import { launchBrowser, visit } from '../support/browser.js';
import { repositoryRoot } from '../support/repository-root.js';
import { type ServingProgram, startServing } from '../support/serving-program.js';
import { tempDir } from '../support/temp-dir.js';
import { waitUntil } from '../support/wait-until.js';

const entry = join(repositoryRoot, 'bin/coldburn.mjs');
const deadlineMs = 30_000;

/** A server in a directory of its own, with these flags; both are gone afterwards. */
async function whileServing(
  args: readonly string[],
  work: (program: ServingProgram, path: string) => Promise<void>,
  prepare: (path: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const directory = await tempDir();
  try {
    await prepare(directory.path);
    const program = await startServing(entry, directory.path, deadlineMs, {}, ['http', 'otlpHttp'], args);
    try {
      await work(program, directory.path);
      assert.equal(await program.stop(10_000), 0, program.output());
    } finally {
      await program.kill();
    }
  } finally {
    await directory.remove();
  }
}

function urlOf(program: ServingProgram, name: 'http' | 'otlpHttp', path: string): string {
  const base = program.urls.get(name);
  assert.ok(base !== undefined);
  return new URL(path, base).href;
}

async function get<Schema extends z.ZodType>(url: string, schema: Schema, key: string | null = null) {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(url, { headers });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return schema.parse(JSON.parse(text));
}

test('serve --demo: the page is alive with every team, an incident is under way, and more can be started', async () => {
  await whileServing(['--demo'], async (program, cwd) => {
    const listed = () => get(urlOf(program, 'http', '/api/v1/functions'), FunctionList);
    await waitUntil(
      'functions of all six teams are listed',
      async () => {
        const { functions, teams } = await listed();
        return teams.length === 6 && functions.length > 30;
      },
      deadlineMs,
    );
    const { functions } = await listed();
    assert.deepEqual([...new Set(functions.map(({ provider }) => provider))].sort(), [
      '',
      'aws',
      'azure',
      'cloudflare',
      'gcp',
    ]);
    const demo = () => get(urlOf(program, 'http', '/api/v1/demo'), Demo);
    // The fleet lives in a thread of its own, whose first figures come a moment after the server is ready.
    await waitUntil('the fleet reports', async () => (await demo()).figures !== null);
    const { fleet, figures, incidents, runs } = await demo();
    assert.equal(fleet.functions, 40);
    assert.equal(incidents.length, 13);
    for (const begun of ['bad-deploy', 'credential-rotation'])
      assert.ok(
        runs.some(({ name, state }) => name === begun && state === 'active'),
        begun,
      );
    assert.equal(figures?.failedRequests, 0);
    const web = urlOf(program, 'http', '/');
    const started = await spawnCli(['demo', 'incident', 'event-storm', '--url', web], { cwd });
    assert.equal(started.exitCode, 0, started.stderr);
    assert.match(started.stdout, /^clickstream-collect gets eight times its load: from /);
    assert.ok((await demo()).runs.some(({ name, state }) => name === 'event-storm' && state !== 'over'));
    const browser = await launchBrowser();
    try {
      await visit(browser, web, {}, async ({ page }) => {
        await page.getByRole('link', { name: /^Demo/ }).click();
        const [title] = incidents.flatMap((one) => (one.name === 'retry-storm' ? [one.title] : []));
        await page.getByRole('button', { name: `Start: ${title}` }).click();
        await page.getByText('begins within a minute').first().waitFor();
      });
    } finally {
      await browser.close();
    }
    assert.ok((await demo()).runs.some(({ name, state }) => name === 'retry-storm' && state !== 'over'));
    const unknown = await spawnCli(['demo', 'incident', 'bad-day', '--url', web], { cwd });
    assert.equal(unknown.exitCode, 1);
    assert.match(unknown.stderr, /There is no incident "bad-day"; there are bad-deploy, /);
  });
});

test('serve --demo: with keys the fleet still sends, and nobody else may', async () => {
  let key = '';
  await whileServing(
    ['--demo'],
    async (program) => {
      const functions = urlOf(program, 'http', '/api/v1/functions');
      assert.equal((await fetch(functions)).status, 401);
      await waitUntil(
        'the fleet is listed',
        async () => (await get(functions, FunctionList, key)).functions.length > 10,
        deadlineMs,
      );
      const stranger = await fetch(urlOf(program, 'otlpHttp', '/v1/traces'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      assert.equal(stranger.status, 401);
    },
    async (cwd) => {
      const made = await spawnCli(['token', 'create', '--role', 'admin', '--name', 'me'], { cwd });
      assert.equal(made.exitCode, 0, made.stderr);
      key = made.stdout.trim();
    },
  );
});

test('serve: without --demo there is no demo', async () => {
  await whileServing([], async (program, cwd) => {
    assert.equal((await fetch(urlOf(program, 'http', '/api/v1/demo'))).status, 404);
    const web = urlOf(program, 'http', '/');
    const refused = await spawnCli(['demo', 'incident', 'bad-deploy', '--url', web], { cwd });
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /runs without the demo fleet; start it with --demo/);
  });
});

test('serve: without data the fleet starts at a click, on the same ports, and is there again after a restart', async () => {
  await whileServing([], async (program, path) => {
    const web = urlOf(program, 'http', '/');
    const installation = () => get(urlOf(program, 'http', '/api/v1/installation'), Installation);
    assert.deepEqual([(await installation()).isDemo, (await installation()).offersDemo], [false, true]);
    const browser = await launchBrowser();
    try {
      await visit(browser, web, {}, async ({ page, watch }) => {
        // While the server begins anew nobody answers.
        watch.expect(/ERR_|Failed to load resource/);
        await page.getByRole('button', { name: 'Start the demo fleet' }).click();
        await page.getByRole('link', { name: /^Demo/ }).waitFor({ timeout: deadlineMs });
        await page.getByText('checkout-api').first().waitFor({ timeout: deadlineMs });
      });
    } finally {
      await browser.close();
    }
    assert.deepEqual([(await installation()).isDemo, (await installation()).offersDemo], [true, false]);
    // There is data now, and the fleet runs already.
    assert.equal((await fetch(urlOf(program, 'http', '/api/v1/demo/start'), { method: 'POST' })).status, 404);
    assert.equal(await program.stop(10_000), 0, program.output());
    const again = await startServing(entry, path, deadlineMs, {}, ['http', 'otlpHttp']);
    try {
      const { isDemo } = await get(urlOf(again, 'http', '/api/v1/installation'), Installation);
      assert.equal(isDemo, true);
      assert.equal(await again.stop(10_000), 0, again.output());
    } finally {
      await again.kill();
    }
  });
});

test('serve: where something was sent the fleet is not started', async () => {
  await whileServing([], async (program) => {
    const sent = await fetch(urlOf(program, 'otlpHttp', '/v1/traces'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(oneRun(Date.now())),
    });
    assert.equal(sent.status, 200);
    const { functions } = await waitFor(
      async () => await get(urlOf(program, 'http', '/api/v1/functions'), FunctionList),
      (list) => list.functions.length > 0,
    );
    assert.equal(functions.length, 1);
    const refused = await fetch(urlOf(program, 'http', '/api/v1/demo/start'), { method: 'POST' });
    assert.equal(refused.status, 409);
    assert.equal(Problem.parse(await refused.json()).code, 'DEMO_NOT_EMPTY');
  });
});

/** OTLP of one run of one function. */
function oneRun(nowMs: number) {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const span = {
    traceId: '5b8aa5a2d2c872e8321cf37308d69df2',
    spanId: '051581bf3cb55c13',
    name: 'own',
    kind: 2,
    startTimeUnixNano: `${nowMs - 1000}000000`,
    endTimeUnixNano: `${nowMs - 900}000000`,
    attributes: [text('faas.invocation_id', 'one')],
  };
  const resource = { attributes: [text('service.name', 'own'), text('faas.name', 'own')] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
}

async function waitFor<Answer>(
  ask: () => Promise<Answer>,
  isThere: (answer: Answer) => boolean,
): Promise<Answer> {
  let answer = await ask();
  await waitUntil(
    'it is stored',
    async () => {
      answer = await ask();
      return isThere(answer);
    },
    deadlineMs,
  );
  return answer;
}

const TruthLine = z.looseObject({
  function: z.string(),
  shown: z.looseObject({ invocations: z.number() }),
});

test('demo run: a history sent with a key is counted as the truth it wrote says', async () => {
  let key = '';
  await whileServing(
    [],
    async (program, cwd) => {
      await writeFile(join(cwd, 'key'), `${key}\n`);
      const target = urlOf(program, 'otlpHttp', '/');
      const args = ['demo', 'run', '--target', target, '--key-file', 'key', '--seed', '9', '--rate', '3'];
      const sent = await spawnCli([...args, '--backfill', '30m', '--once', '--truth', 'truth'], { cwd });
      assert.equal(sent.exitCode, 0, sent.stderr);
      const truth = new Map<string, number>();
      const files = await readdir(join(cwd, 'truth'));
      assert.ok(files.includes('incidents.jsonl'));
      for (const file of files.filter((name) => name !== 'incidents.jsonl')) {
        const text = await readFile(join(cwd, 'truth', file), 'utf8');
        for (const line of text.trimEnd().split('\n')) {
          const { function: name, shown } = TruthLine.parse(JSON.parse(line));
          truth.set(name, (truth.get(name) ?? 0) + shown.invocations);
        }
      }
      assert.ok(truth.size > 25);
      // Runs of the last minutes echo beyond the end of what was written, hence only the window of the files.
      const toMs = Math.max(...(await windowEnds(cwd, files)));
      const query = new URLSearchParams({ from: String(toMs - 30 * 60_000), to: String(toMs) });
      const functions = urlOf(program, 'http', `/api/v1/functions?${query}`);
      const counted = async () => {
        const list = await get(functions, FunctionList, key);
        const counts = new Map<string, number>();
        for (const { function: name, invocations } of list.functions)
          counts.set(name, (counts.get(name) ?? 0) + invocations);
        return counts;
      };
      const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
      await waitUntil('everything is stored', async () => total(await counted()) >= total(truth), deadlineMs);
      for (const [name, count] of truth) if (count === 0) truth.delete(name);
      assert.deepEqual(new Map([...(await counted())].sort()), new Map([...truth].sort()));
    },
    async (cwd) => {
      const made = await spawnCli(['token', 'create', '--role', 'admin', '--name', 'me'], { cwd });
      key = made.stdout.trim();
    },
  );
});

const At = z.looseObject({ at: z.iso.datetime() });

/** The end of the last minute in each file of the truth. */
async function windowEnds(cwd: string, files: readonly string[]): Promise<number[]> {
  const hours = files.filter((name) => name !== 'incidents.jsonl');
  const texts = await Promise.all(hours.map((name) => readFile(join(cwd, 'truth', name), 'utf8')));
  return texts.map((text) => {
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    return Date.parse(At.parse(JSON.parse(last)).at) + 60_000;
  });
}
