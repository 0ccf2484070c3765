import type { CommandContext, Environment } from '../../../cli/command.js';
import { StartupError } from '../../../schemas/startup-error.js';

export type FakeContext = { context: CommandContext; out: string[]; err: string[] };

/** A command's outside world as two lists of lines and a few files. */
export function fakeContext(
  options: { env?: Environment; files?: Record<string, string> } = {},
): FakeContext {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    io: {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      isTty: false,
      read: async (path) => {
        const text = options.files?.[path];
        if (text === undefined)
          throw new StartupError(`cannot read ${path}: there is no such file; check the path.`);
        return text;
      },
    },
    env: options.env ?? {},
    now: () => new Date('2026-03-01T00:00:00Z'),
    version: '1.2.3',
    stopSignal: () => new AbortController().signal,
  };
  return { context, out, err };
}
