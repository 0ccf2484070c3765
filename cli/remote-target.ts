import type { ApiTarget } from '../http/call-api.js';
import { type ProblemError, problemTable } from '../schemas/problem.js';
import type { CommandIo } from './command-io.js';
import { UsageError } from './parse-command-args.js';

/** The options of every command that asks a running Coldburn. */
export const targetOptions = { target: { type: 'string' }, 'key-file': { type: 'string' } } as const;

export const defaultTarget = 'http://127.0.0.1:8080';

const requestTimeoutMs = 10_000;

/** The server a command is about; a key comes from a file only, so that it never stands in a list of processes. */
export async function openTarget(
  {
    target = defaultTarget,
    'key-file': keyFile,
  }: { target?: string | undefined; 'key-file'?: string | undefined },
  io: CommandIo,
): Promise<ApiTarget> {
  if (!/^https?:$/.test(URL.canParse(target) ? new URL(target).protocol : ''))
    throw new UsageError(`--target "${target}" is not an address such as ${defaultTarget}`);
  const key = keyFile === undefined ? null : (await io.read(keyFile)).trim();
  return { url: target, key, fetch: globalThis.fetch, timeoutMs: requestTimeoutMs };
}

/** What a refusal means to whoever ran the command: what is wrong, and what to do. */
export function problemLine({ message, code }: ProblemError): string {
  return `${message} ${problemTable[code].remedy}`;
}
