import { z } from 'zod';
import { StartupError } from '../../schemas/startup-error.js';

const SystemError = z.object({ code: z.string(), message: z.string() });

const explanations: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user; give the user write access to it',
  EPERM: 'may not be written by this user; give the user write access to it',
  EROFS: 'is on a read-only file system; mount it writable',
  ENOTDIR: 'is not a directory; remove the file of that name',
  EEXIST: 'is not a directory; remove the file of that name',
  ENOSPC: 'is on a full disk; free some space',
  EDQUOT: 'is over its disk quota; free some space',
  ENOENT: 'cannot be created there; create its parent directory',
};

/** Why the data directory cannot be used, as one sentence with the way out. */
export function dataDirProblem(thrown: unknown, dataDir: string): StartupError {
  const { code, message } = SystemError.catch({ code: '', message: String(thrown) }).parse(thrown);
  const explanation = explanations[code] ?? `cannot be used (${message}); check it`;
  return new StartupError(
    `The data directory ${dataDir} ${explanation}, or name another one with COLDBURN_DATA_DIR.`,
    { cause: thrown },
  );
}
