import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConfigProblem, problemText } from '../../schemas/config/problem.js';
import { readSloFile } from '../../schemas/slo/read-slo-file.js';
import { judgeTiers } from '../tiers/judge-slo.js';
import type { FileSlo } from './plan-file-changes.js';

export type SloDirectory = {
  slos: FileSlo[];
  /** What is wrong with the files, as sentences that name file and line. */
  problems: string[];
};

/** Far above any honest file. */
const mostBytes = 4 * 1024 * 1024;

/** Names, sizes and times of the files: the same text means that nothing has to be read again. */
export async function stampOf(directory: string): Promise<string> {
  const stamps = [];
  for (const name of await filesOf(directory)) {
    const found = await stat(join(directory, name)).catch(() => null);
    stamps.push(`${name} ${found?.mtimeMs} ${found?.size}`);
  }
  return stamps.join('\n');
}

/** Reads every SLO file of a directory; one that does not exist holds none. */
export async function readSloDirectory(directory: string): Promise<SloDirectory> {
  const slos: (FileSlo & { line: number })[] = [];
  const problems: ConfigProblem[] = [];
  for (const name of await filesOf(directory)) {
    const read = await readOne(join(directory, name), name);
    if (read.kind === 'invalid') problems.push(...read.problems);
    else for (const { definition, line } of read.slos) slos.push({ file: name, definition, line });
  }
  const firsts = new Map<string, string>();
  const kept = slos.filter(({ file, line, definition }) => {
    const where = `${file}:${line}`;
    const first = firsts.get(definition.id);
    if (first !== undefined) {
      problems.push({ where, says: `the id "${definition.id}" is used in ${first} already` });
      return false;
    }
    firsts.set(definition.id, file);
    const refused = judgeTiers(definition).flatMap((tier) =>
      tier.problems.filter(({ kind }) => kind === 'refused'),
    );
    for (const { says } of refused) problems.push({ where, says: `${definition.id}: ${says}` });
    return refused.length === 0;
  });
  return {
    slos: kept.map(({ file, definition }) => ({ file, definition })),
    problems: problems.map(problemText),
  };
}

async function readOne(path: string, name: string): Promise<ReturnType<typeof readSloFile>> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes)
      return { kind: 'invalid', problems: [{ where: name, says: 'is larger than 4 MiB' }] };
    return readSloFile(await readFile(path, 'utf8'), name);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { kind: 'invalid', problems: [{ where: name, says: `cannot be read (${reason})` }] };
  }
}

async function filesOf(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /\.ya?ml$/i.test(name)).sort();
}
