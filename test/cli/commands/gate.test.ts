import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gateRoutes } from '../../../alerting/routes/gate.js';
import { gate } from '../../../cli/commands/gate.js';
import { createApp } from '../../../http/create-app.js';
import { listen } from '../../../http/listen.js';
import { type Access, defaultTenant } from '../../../schemas/access.js';
import { GateAnswer } from '../../../schemas/alerting/gate-answer.js';
import type { Warehouse } from '../../../warehouse/warehouse.js';
import { ledgerUnderTest, putSlo, tickUntilFilled } from '../../alerting/ledger/ledger-harness.js';
import { insertInvocations, type TestInvocation } from '../../support/insert-invocations.js';
import { openMigrated } from '../../support/open-migrated.js';
import { tempDir } from '../../support/temp-dir.js';

const minuteMs = 60_000;
const now = new Date(Math.floor(Date.now() / minuteMs) * minuteMs);
const access: Access = { tenant: defaultTenant, role: 'viewer', keyId: null };
let close: (() => Promise<void>)[] = [];
let url = '';

type Version = { bad: number; total: number; durationMs: number; agoMinutes: number; overMinutes?: number };

/** Runs of one version, spread evenly over some minutes. */
function runsOf(
  name: string,
  version: string,
  { bad, total, durationMs, agoMinutes, overMinutes = 20 }: Version,
): TestInvocation[] {
  return Array.from({ length: total }, (_, at) => ({
    function: name,
    environment: 'production',
    version,
    startedAt: new Date(
      now.getTime() - agoMinutes * minuteMs + Math.floor((at * overMinutes * minuteMs) / total),
    ),
    durationMs: durationMs + (at % 40),
    outcome: at < bad ? ('error' as const) : ('ok' as const),
  }));
}

before(async () => {
  const opened = await openMigrated();
  const directory = await tempDir();
  close = [opened.close, directory.remove];
  await fill(opened.warehouse);
  for (const id of ['burning', 'calm'])
    await putSlo(opened.warehouse, 'default', {
      id,
      title: id,
      where: { function: id },
      sli: { kind: 'success' },
      objective: '99%',
    });
  await tickUntilFilled(ledgerUnderTest(opened.warehouse, directory.path));
  const app = createApp({ newId: randomUUID, logger: false, authenticate: async () => access });
  app.register(
    gateRoutes({ now: () => now, openTenant: ({ tenant }) => opened.warehouse.forTenant(tenant) }),
  );
  const listening = await listen(app, { host: '127.0.0.1', port: 0, settingName: 'COLDBURN_HTTP' });
  url = listening.url;
  close.unshift(async () => {
    await listening.close(2000);
  });
});
after(async () => {
  for (const one of close) await one();
});

async function fill(warehouse: Warehouse): Promise<void> {
  const running = { bad: 1, total: 400, durationMs: 50, agoMinutes: 25 };
  await insertInvocations(warehouse, [
    ...runsOf('failing', 'v1', running),
    ...runsOf('failing', 'v2', { ...running, bad: 20, total: 100, agoMinutes: 22 }),
    ...runsOf('slow', 'v1', running),
    ...runsOf('slow', 'v2', { ...running, bad: 0, total: 100, durationMs: 70, agoMinutes: 22 }),
    ...runsOf('fine', 'v1', running),
    ...runsOf('fine', 'v2', { ...running, bad: 0, total: 100, agoMinutes: 22 }),
    // All traffic moved at once: there is nothing beside it to compare with.
    ...runsOf('moved', 'v1', { ...running, agoMinutes: 60 }),
    ...runsOf('moved', 'v2', { ...running, bad: 30, agoMinutes: 22 }),
    ...runsOf('young', 'v1', running),
    ...runsOf('young', 'v2', { ...running, total: 20, agoMinutes: 22 }),
    ...runsOf('burning', 'v1', { ...running, bad: 20 }),
    ...runsOf('calm', 'v1', running),
  ]);
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    isTty: false,
    read: async () => '',
  };
  const context = {
    io,
    env: {},
    now: () => now,
    version: '0',
    stopSignal: () => new AbortController().signal,
  };
  const code = await gate.run([...args, '--target', url], context);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const cases: readonly { says: string; args: string[]; code: number; shows: RegExp }[] = [
  {
    says: 'a version that fails more often is held',
    args: ['--function', 'failing'],
    code: 1,
    shows: /^hold: failing v2\n[\s\S]*20 of 100 runs failed, 0 of 340 of the other; it fails more often/,
  },
  {
    says: 'a slower one is held',
    args: ['--function', 'slow'],
    code: 1,
    shows: /it is slower \(Mann-Whitney, p below 0.0001\)/,
  },
  {
    says: 'one that is as good goes',
    args: ['--function', 'fine', '--version', 'v2'],
    code: 0,
    shows: /^go: fine v2/,
  },
  {
    says: 'the version before can be asked about',
    args: ['--function', 'failing', '--version', 'v1'],
    code: 0,
    shows: /^go: failing v1/,
  },
  {
    says: 'one that took over at once is held against the time before',
    args: ['--function', 'moved'],
    code: 1,
    shows: /Errors against the time before: 30 of 400/,
  },
  {
    says: 'too few runs go by default',
    args: ['--function', 'young'],
    code: 0,
    shows: /Too few runs to judge v2 side by side: 20 and 340/,
  },
  {
    says: 'too few runs are held when asked to',
    args: ['--function', 'young', '--too-few', 'hold'],
    code: 1,
    shows: /^hold/,
  },
  {
    says: 'a burning objective holds whatever is released',
    args: ['--function', 'burning'],
    code: 1,
    shows: /burning burns 5× in the last hour, 20 bad; 2× is the limit/,
  },
  {
    says: 'a calm one does not',
    args: ['--function', 'calm'],
    code: 0,
    shows: /calm burns 0\.25×[\s\S]*No other version ran/,
  },
  {
    says: 'a function nobody has seen',
    args: ['--function', 'nobody', '--version', 'v9'],
    code: 0,
    shows: /The version has not run so far/,
  },
  {
    says: 'another environment is another matter',
    args: ['--function', 'failing', '--environment', 'staging'],
    code: 0,
    shows: /has not run so far/,
  },
];
for (const { says, args, code, shows } of cases)
  test(`gate: ${says}`, async () => {
    const result = await run(...args);
    assert.match(result.out, shows, result.err);
    assert.equal(result.code, code);
  });

test('gate: the same as data', async () => {
  const answer = GateAnswer.parse(JSON.parse((await run('--function', 'failing', '--json')).out));
  assert.deepEqual(
    [answer.decision, answer.version, answer.comparison],
    [
      'hold',
      'v2',
      { basis: 'side-by-side', candidate: { bad: 20, total: 100 }, running: { bad: 0, total: 340 } },
    ],
  );
});

test('gate: called wrongly, and a server that is not there', async () => {
  await assert.rejects(run(), /--function is missing/);
  await assert.rejects(run('--function', 'f', '--too-few', 'maybe'), /--too-few is go or hold/);
  const io = { out: () => undefined, err: () => undefined, isTty: false, read: async () => '' };
  const context = {
    io,
    env: {},
    now: () => now,
    version: '0',
    stopSignal: () => new AbortController().signal,
  };
  assert.equal(await gate.run(['--function', 'f', '--target', 'http://127.0.0.1:9'], context), 1);
});
