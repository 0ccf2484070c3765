import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const keyBytes = 32;

/** The key of this installation's hashes: made at the first need, readable by its owner alone. */
export async function openHashKey(path: string): Promise<Uint8Array> {
  const made = randomBytes(keyBytes);
  try {
    await writeFile(path, made, { mode: 0o600, flag: 'wx', flush: true });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = await readFile(path);
  if (key.length !== keyBytes) {
    throw new Error(`${path} must hold ${keyBytes} bytes but has ${key.length}; remove it to make a new one`);
  }
  return key;
}
