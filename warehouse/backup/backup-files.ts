import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../schemas/startup-error.js';
import { Manifest } from './manifest.js';

const manifestName = 'manifest.json';

/** Reads a whole file from the disk in pieces; its SHA-256 in hex and its length. */
export async function fingerprint(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Puts a written file on the disk for good, and fingerprints what is there. */
export async function sealFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return await fingerprint(path);
}

/** A backup is never written over another, nor between files of somebody else. */
export async function requireEmpty(directory: string): Promise<void> {
  const names = await readdir(directory);
  if (names.length === 0) return;
  throw new StartupError(
    `The directory ${directory} is not empty (it holds "${names[0]}"); name a new one for the backup.`,
  );
}

/** On disk and complete under its name, or not there at all. */
export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  const draft = join(directory, `${manifestName}.draft`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(directory, manifestName));
}

export async function readManifest(directory: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(directory, manifestName), 'utf8');
  } catch (cause) {
    throw new StartupError(
      `There is no finished backup in ${directory}: it has no ${manifestName}, which is written last; give the directory of a backup that ended well.`,
      { cause },
    );
  }
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartupError(
      `${join(directory, manifestName)} is not one this coldburn reads: it is damaged, or of a newer format; use another backup, or a newer coldburn.`,
      { cause },
    );
  }
}
