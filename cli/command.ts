import type { CommandIo } from './command-io.js';

/** 0 done, 1 it could not be done or the answer is no, 2 called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** The environment as a plain record: commands never see `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type CommandContext = {
  io: CommandIo;
  env: Environment;
  now: () => Date;
  /** The program's own version, as in package.json. */
  version: string;
  /**
   * Aborts at the first SIGTERM or SIGINT, so that a command which keeps running can drain; a second signal ends
   * the process at once. Commands that never ask are ended by the first signal, as usual.
   */
  stopSignal: () => AbortSignal;
};

export type Command = {
  name: string;
  /** What follows `coldburn` on the command line, its name included: `config print|schema|check FILE [--json]`. */
  usage: string;
  /** One sentence for the list of commands. */
  summary: string;
  /** Further lines of `--help`: options, exit codes, examples. */
  details?: readonly string[];
  /** `args` are what follows the name. Heavy modules (the engine, servers) are imported inside, so help stays instant. */
  run: (args: readonly string[], context: CommandContext) => Promise<ExitCode>;
};
