import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { type ImportReport, importFiles } from '../../alerting/exchange/import-files.js';
import type { WrittenSlo } from '../../schemas/slo/write-slo.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { CommandContext, ExitCode } from '../command.js';

export type ImportOptions = { out: string | undefined; json: boolean };

/** Exits 1 when an object could not be taken over at all; what of the others was lost is told and no failure. */
export async function importSlos(
  paths: readonly string[],
  { out, json }: ImportOptions,
  { io }: CommandContext,
): Promise<ExitCode> {
  const files: { name: string; text: string }[] = [];
  const problems: string[] = [];
  for (const name of paths) {
    try {
      files.push({ name, text: await io.read(name) });
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
      problems.push(error.message);
    }
  }
  const result = importFiles(files);
  problems.push(...result.problems);
  const isWhole = problems.length === 0 && result.reports.every(isTaken) && result.reports.length > 0;
  const made = new Map<string, WrittenSlo[]>();
  for (const { source, slos } of result.reports)
    for (const { slo } of slos)
      if (slo !== null) made.set(source.file, [...(made.get(source.file) ?? []), slo]);
  const written = out === undefined ? [] : await writeAll(out, made);
  if (json) {
    io.out(JSON.stringify({ reports: result.reports, problems, written }, null, 2));
    return isWhole ? 0 : 1;
  }
  if (out === undefined && made.size > 0) io.out(yamlOf([...made.values()].flat()));
  // Beside the YAML the report goes where complaints go, so that either can be piped.
  const tell = out === undefined ? io.err : io.out;
  for (const report of result.reports) for (const line of linesOf(report)) tell(line);
  for (const path of written) tell(`wrote ${path}`);
  for (const problem of problems) io.err(problem);
  if (files.length > 0 && result.reports.length === 0) io.err('There is no SLO in these files.');
  return isWhole ? 0 : 1;
}

function isTaken({ slos }: ImportReport): boolean {
  return slos.length > 0 && slos.every(({ slo }) => slo !== null);
}

function linesOf({ source, slos, lost }: ImportReport): string[] {
  const { file, line, format, kind, name } = source;
  const head = `${file}:${line}: ${format}${kind === '' ? '' : ` ${kind}`}${name === '' ? '' : ` "${name}"`}`;
  return [
    head,
    ...lost.map((one) => `  ${one}`),
    ...slos.flatMap((one) => [
      one.slo === null ? '  not taken over' : `  became ${one.slo.id}`,
      ...one.lost.map((says) => `    ${says}`),
    ]),
  ];
}

async function writeAll(directory: string, made: ReadonlyMap<string, WrittenSlo[]>): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const paths: string[] = [];
  for (const [file, slos] of made) {
    const stem = basename(file).replace(/\.ya?ml$/i, '');
    const path = join(directory, `${stem}.yaml`);
    const taken = paths.includes(path) ? join(directory, `${stem}-${paths.length + 1}.yaml`) : path;
    try {
      await writeFile(taken, yamlOf(slos), { flag: 'wx' });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw new StartupError(
          `${taken} is there already and is not overwritten; name another directory with --out.`,
        );
      throw error;
    }
    paths.push(taken);
  }
  return paths;
}

function yamlOf(slos: readonly WrittenSlo[]): string {
  return stringify({ slos }, { lineWidth: 120 });
}
