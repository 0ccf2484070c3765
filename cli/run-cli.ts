import { nearest } from '../schemas/nearest.js';
import { StartupError } from '../schemas/startup-error.js';
import type { Command, CommandContext, ExitCode } from './command.js';
import { commandHelp, programHelp } from './help.js';
import { UsageError } from './parse-command-args.js';

/** Finds the command, runs it, and turns whatever it throws into sentences. Never throws itself. */
export async function runCli(
  args: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<ExitCode> {
  const { io } = context;
  const [name, ...rest] = args;
  const say = (lines: readonly string[], print: (line: string) => void) => {
    for (const line of lines) print(line);
  };
  if (name === undefined) {
    say(programHelp(commands), io.err);
    return 2;
  }
  if (name === '--version' || name === '-v') {
    io.out(context.version);
    return 0;
  }
  const asksHelp = name === '--help' || name === '-h' || name === 'help';
  const wanted = asksHelp ? rest[0] : name;
  if (wanted === undefined) {
    say(programHelp(commands), io.out);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === wanted);
  if (command === undefined) {
    io.err(unknownCommand(wanted, commands));
    return 2;
  }
  const beforeTerminator = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (asksHelp || beforeTerminator.includes('--help') || beforeTerminator.includes('-h')) {
    say(commandHelp(command), io.out);
    return 0;
  }
  try {
    return await command.run(rest, context);
  } catch (error) {
    if (error instanceof UsageError) {
      say([`coldburn ${command.name}: ${error.message}`, `Usage: coldburn ${command.usage}`], io.err);
      return 2;
    }
    const { COLDBURN_LOG_LEVEL: logLevel } = context.env;
    say(failureLines(error, logLevel), io.err);
    return 1;
  }
}

function unknownCommand(wanted: string, commands: readonly Command[]): string {
  const what = wanted.startsWith('-') ? 'option' : 'command';
  const known = commands.map((command) => command.name);
  const near = nearest(wanted, what === 'option' ? ['--help', '--version'] : known);
  return `coldburn: unknown ${what} ${wanted}; did you mean ${near}? "coldburn --help" lists every command.`;
}

/** A StartupError says it all; anything else is a surprise, whose stack is printed only to those who ask for it. */
export function failureLines(error: unknown, logLevel: string | undefined): string[] {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StartupError) return [`coldburn: ${message}`];
  if ((logLevel === 'debug' || logLevel === 'trace') && error instanceof Error && error.stack !== undefined) {
    return [`coldburn: ${error.stack}`];
  }
  const first = message.split('\n')[0]?.replace(/\.$/, '') ?? '';
  return [
    `coldburn: ${first === '' ? 'it failed without saying why' : first}. This was not expected; run it again with COLDBURN_LOG_LEVEL=debug to see where it happened.`,
  ];
}
