import { readFile } from 'node:fs/promises';
import { StartupError } from '../schemas/startup-error.js';

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file; check the path',
  EISDIR: 'it is a directory; give the path of a file',
  ENOTDIR: 'part of the path is not a directory; check the path',
  EACCES: 'this user may not read it; change its permissions or run as its owner',
  EPERM: 'this user may not read it; change its permissions or run as its owner',
  ELOOP: 'its symbolic links go round in a circle; check where they point',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENAMETOOLONG: 'the path is too long',
};

/** Why a file could not be opened, in words with a remedy. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

/** UTF-8 text of a file, or the sentence that says why not. */
export async function readTextFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new StartupError(`cannot read ${path}: ${fileProblem(error)}.`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new StartupError(`cannot read ${path}: it is not UTF-8 text; save it as UTF-8.`, { cause: error });
  }
}
