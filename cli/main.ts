import { readFileSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import type { CommandContext } from './command.js';
import { commands } from './commands/commands.js';
import { readTextFile } from './read-text-file.js';
import { failureLines, runCli } from './run-cli.js';

/** Runs one command. The only place that reads the environment or ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  const err = (line: string) => process.stderr.write(`${line}\n`);
  const fail = (error: unknown) => {
    const { COLDBURN_LOG_LEVEL: logLevel } = process.env;
    for (const line of failureLines(error, logLevel)) err(line);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  // `coldburn … | head` closes the pipe early; that is the reader's choice, not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    fail(error);
  });
  const context: CommandContext = {
    io: {
      out: (line) => process.stdout.write(`${line}\n`),
      err,
      isTty: process.stdout.isTTY === true,
      read: readTextFile,
    },
    env: { ...process.env },
    now: () => new Date(),
    version: ownVersion(),
    stopSignal: makeStopSignal(),
  };
  const exitCode = await runCli(args, commands, context);
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(exitCode);
}

/** package.json lies two levels above dist/cli, in a clone as in an installed package. */
function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Exit codes of a process ended by a signal: 128 + its number. */
const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for signals only once somebody asks, so that Ctrl-C keeps ending every other command. */
function makeStopSignal(): () => AbortSignal {
  let controller: AbortController | null = null;
  return () => {
    if (controller !== null) return controller.signal;
    const asked = new AbortController();
    controller = asked;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        if (asked.signal.aborted) process.exit(signalExitCodes[name]);
        asked.abort(name);
      });
    }
    return asked.signal;
  };
}
