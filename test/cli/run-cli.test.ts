import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../cli/command.js';
import { parseCommandArgs, UsageError } from '../../cli/parse-command-args.js';
import { runCli } from '../../cli/run-cli.js';
import { StartupError } from '../../schemas/startup-error.js';
import { fakeContext } from './support/fake-context.js';

function command(name: string, run: Command['run']): Command {
  return {
    name,
    usage: `${name} [--fast] FILE`,
    summary: `Does ${name}.`,
    details: ['--fast  hurries'],
    run,
  };
}

const commands: Command[] = [
  command('serve', async () => 0),
  command('doctor', async (args) => (args.includes('sick') ? 1 : 0)),
  command('startup', async () => Promise.reject(new StartupError('the port is taken; choose another.'))),
  command('surprise', async () => Promise.reject(new Error('disk on fire\nsecond line'))),
  command('mute', async () => Promise.reject(new Error(''))),
  command('text', async () => Promise.reject('a thrown text')),
  command('options', async (args) => {
    parseCommandArgs(args, { options: { fast: { type: 'boolean' }, level: { type: 'string' } } });
    return 0;
  }),
  command('misused', async () => Promise.reject(new UsageError('say which file'))),
];

async function run(args: string[], env: Record<string, string> = {}) {
  const { context, out, err } = fakeContext({ env });
  const exitCode = await runCli(args, commands, context);
  return { exitCode, out, err };
}

const later = 'run it again with COLDBURN_LOG_LEVEL=debug to see where it happened.';
const cases = [
  { name: 'the version', args: ['--version'], exitCode: 0, out: ['1.2.3'], err: [] },
  { name: 'a command that is done', args: ['serve'], exitCode: 0, out: [], err: [] },
  { name: 'a command whose answer is no', args: ['doctor', 'sick'], exitCode: 1, out: [], err: [] },
  {
    name: 'an unknown command names the nearest',
    args: ['sevre'],
    exitCode: 2,
    out: [],
    err: ['coldburn: unknown command sevre; did you mean serve? "coldburn --help" lists every command.'],
  },
  {
    name: 'an unknown option of the program names the nearest',
    args: ['--hlep'],
    exitCode: 2,
    out: [],
    err: ['coldburn: unknown option --hlep; did you mean --help? "coldburn --help" lists every command.'],
  },
  {
    name: 'a startup error is its sentence',
    args: ['startup'],
    exitCode: 1,
    out: [],
    err: ['coldburn: the port is taken; choose another.'],
  },
  {
    name: 'a surprise is its first line and the way to more',
    args: ['surprise'],
    exitCode: 1,
    out: [],
    err: [`coldburn: disk on fire. This was not expected; ${later}`],
  },
  {
    name: 'a surprise without a message still is a sentence',
    args: ['mute'],
    exitCode: 1,
    out: [],
    err: [`coldburn: it failed without saying why. This was not expected; ${later}`],
  },
  {
    name: 'a thrown text is told like an error',
    args: ['text'],
    exitCode: 1,
    out: [],
    err: [`coldburn: a thrown text. This was not expected; ${later}`],
  },
  {
    name: 'an unknown option of a command names the nearest, then the usage',
    args: ['options', '--fsat'],
    exitCode: 2,
    out: [],
    err: [
      'coldburn options: unknown option --fsat; did you mean --fast?',
      'Usage: coldburn options [--fast] FILE',
    ],
  },
  {
    name: 'an option without its value',
    args: ['options', '--level'],
    exitCode: 2,
    out: [],
    err: [
      "coldburn options: option '--level <value>' argument missing",
      'Usage: coldburn options [--fast] FILE',
    ],
  },
  {
    name: 'an argument too many',
    args: ['options', 'extra'],
    exitCode: 2,
    out: [],
    err: ["coldburn options: unexpected argument 'extra'", 'Usage: coldburn options [--fast] FILE'],
  },
  {
    name: 'a usage error of a command',
    args: ['misused'],
    exitCode: 2,
    out: [],
    err: ['coldburn misused: say which file', 'Usage: coldburn misused [--fast] FILE'],
  },
];
for (const { name, args, ...expected } of cases) {
  test(`runCli: ${name}`, async () => assert.deepEqual(await run(args), expected));
}

test('runCli: without a command the help goes to err and the exit code is 2', async () => {
  const { exitCode, out, err } = await run([]);
  assert.equal(exitCode, 2);
  assert.deepEqual(out, []);
  assert.equal(err[0], 'Usage: coldburn COMMAND [OPTIONS]');
});

test('runCli: --help, -h and help list every command with its summary', async () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { exitCode, out } = await run(args);
    assert.equal(exitCode, 0);
    for (const { name, summary } of commands) {
      assert.ok(
        out.some((line) => line.trim().startsWith(name) && line.endsWith(summary)),
        name,
      );
    }
  }
});

test('runCli: the help of a command is printed without running it', async () => {
  for (const args of [
    ['startup', '--help'],
    ['startup', '-h'],
    ['help', 'startup'],
    ['--help', 'startup'],
  ]) {
    const { exitCode, out, err } = await run(args);
    assert.deepEqual({ exitCode, err }, { exitCode: 0, err: [] });
    assert.deepEqual(out, [
      'Usage: coldburn startup [--fast] FILE',
      '',
      'Does startup.',
      '',
      '--fast  hurries',
    ]);
  }
});

test('runCli: --help after -- belongs to the command', async () => {
  const { exitCode, out } = await run(['serve', '--', '--help']);
  assert.deepEqual({ exitCode, out }, { exitCode: 0, out: [] });
});

test('runCli: debug and trace print the stack of a surprise, never of a startup error', async () => {
  for (const level of ['debug', 'trace']) {
    const surprise = await run(['surprise'], { COLDBURN_LOG_LEVEL: level });
    assert.match(surprise.err.join('\n'), /^coldburn: Error: disk on fire\nsecond line\n\s+at /);
    const startup = await run(['startup'], { COLDBURN_LOG_LEVEL: level });
    assert.deepEqual(startup.err, ['coldburn: the port is taken; choose another.']);
  }
});
