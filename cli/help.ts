import type { Command } from './command.js';

/** What `coldburn --help` prints. */
export function programHelp(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'Usage: coldburn COMMAND [OPTIONS]',
    '',
    'Observability and SLO analytics for functions: OTLP in, ClickHouse inside, exact figures out.',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'coldburn COMMAND --help  tells more about one command; coldburn --version prints the version.',
    'Settings come from coldburn.yaml and from COLDBURN_* in the environment; the environment wins.',
    'Exit codes: 0 done, 1 it could not be done or the answer is no, 2 called wrongly.',
  ];
}

/** What `coldburn COMMAND --help` prints. */
export function commandHelp(command: Command): string[] {
  const details = command.details ?? [];
  return [
    `Usage: coldburn ${command.usage}`,
    '',
    command.summary,
    ...(details.length > 0 ? ['', ...details] : []),
  ];
}
