import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartupError } from '../../schemas/startup-error.js';
import type { RandomBytes } from '../keys/key-text.js';

const secretBytes = 32;

/**
 * The secret that signs sessions, made at the first start and readable by its owner only. Two processes that start
 * at once agree on one, because only one of them can give the file its name.
 */
export async function openSessionSecret(path: string, randomBytes: RandomBytes): Promise<Buffer> {
  const existing = await readSecret(path);
  if (existing !== null) return existing;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.from(randomBytes(secretBytes)).toString('base64url'));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw unusable(path, 'cannot be written', error);
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(path);
  if (made === null) throw unusable(path, 'is gone right after it was written', null);
  return made;
}

async function readSecret(path: string): Promise<Buffer | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unusable(path, 'cannot be read', error);
  }
  const secret = Buffer.from(text.trim(), 'base64url');
  if (secret.length < secretBytes) throw unusable(path, 'is too short to be a secret', null);
  return secret;
}

function unusable(path: string, what: string, cause: unknown): StartupError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new StartupError(
    `The session secret ${path} ${what}${reason}: give this user the right to it, or remove the file to sign everybody out and start anew.`,
    { cause },
  );
}
