import process from 'node:process';

/** Runs one command. The only place that reads the environment or ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  process.stderr.write(`coldburn: unknown command ${args.join(' ')}\n`);
  process.exitCode = 2;
}
