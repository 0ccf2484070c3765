import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../schemas/nearest.js';

/** Called wrongly: the frame prints the sentence and the command's usage, and exits 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** node's parseArgs, strict, with its errors turned into one sentence that names the nearest known option. */
export function parseCommandArgs<const Config extends ParseArgsConfig>(
  args: readonly string[],
  config: Config,
): ReturnType<typeof parseArgs<Config & { args: string[] }>> {
  try {
    return parseArgs({ ...config, args: [...args] });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(sentence(error.message, config), { cause: error });
    throw error;
  }
}

/** node appends advice on quoting and `--`; its first sentence says what is wrong. */
function sentence(message: string, config: ParseArgsConfig): string {
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown !== undefined) {
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    return `unknown option ${unknown}; did you mean ${nearest(unknown, [...known, '--help'])}?`;
  }
  const first = message.split(/\. |\n/)[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
