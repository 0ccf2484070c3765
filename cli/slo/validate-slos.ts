import { compositeProblems } from '../../alerting/definitions/composite-problems.js';
import { describeSlo, describeTiers } from '../../alerting/tiers/describe-slo.js';
import { problemText } from '../../schemas/config/problem.js';
import { percentText } from '../../schemas/slo/percent.js';
import { type ReadSlos, readSloFile } from '../../schemas/slo/read-slo-file.js';
import { StartupError } from '../../schemas/startup-error.js';
import type { CommandContext, ExitCode } from '../command.js';

type Verdict = { file: string; read: ReadSlos };

/** Judges each file by itself, and all together for ids that are used twice. */
export async function validateSlos(
  files: readonly string[],
  asJson: boolean,
  { io }: CommandContext,
): Promise<ExitCode> {
  const verdicts: Verdict[] = [];
  for (const file of files) verdicts.push({ file, read: await readOne(file, io.read) });
  const problems = [...verdicts.flatMap(problemsOf), ...sharedIds(verdicts), ...wrongParts(verdicts)];
  if (asJson) {
    io.out(JSON.stringify({ slos: verdicts.flatMap(described), problems }, null, 2));
    return problems.length === 0 ? 0 : 1;
  }
  for (const { file, read } of verdicts) {
    if (read.kind === 'invalid') continue;
    io.out(`${file}:`);
    for (const { definition } of read.slos) for (const line of describeSlo(definition)) io.out(`  ${line}`);
  }
  for (const problem of problems) io.err(problem);
  return problems.length === 0 ? 0 : 1;
}

async function readOne(file: string, read: CommandContext['io']['read']): Promise<ReadSlos> {
  try {
    return readSloFile(await read(file), file);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return { kind: 'invalid', problems: [{ where: file, says: error.message }] };
  }
}

function problemsOf({ file, read }: Verdict): string[] {
  if (read.kind === 'invalid') return read.problems.map(problemText);
  return read.slos.flatMap(({ definition, line }) =>
    describeTiers(definition).flatMap((tier) =>
      tier.problems
        .filter(({ kind }) => kind === 'refused')
        .map(({ says }) => `${file}:${line}: ${definition.id}, ${tier.severity} tier: ${says}`),
    ),
  );
}

function sharedIds(verdicts: readonly Verdict[]): string[] {
  const firstFiles = new Map<string, string>();
  const problems: string[] = [];
  for (const { file, read } of verdicts) {
    if (read.kind === 'invalid') continue;
    for (const { definition, line } of read.slos) {
      const first = firstFiles.get(definition.id);
      if (first === undefined) firstFiles.set(definition.id, file);
      else problems.push(`${file}:${line}: the id "${definition.id}" is used in ${first} already`);
    }
  }
  return problems;
}

/** Parts of composites are looked for in all the files given. */
function wrongParts(verdicts: readonly Verdict[]): string[] {
  const all = verdicts.flatMap(({ file, read }) =>
    read.kind === 'invalid' ? [] : read.slos.map((slo) => ({ ...slo, file })),
  );
  return compositeProblems(all.map(({ definition }) => definition)).map(({ id, says }) => {
    const { file = '', line = 1 } = all.find(({ definition }) => definition.id === id) ?? {};
    return `${file}:${line}: ${id}: ${says} (give all files at once)`;
  });
}

function described({ file, read }: Verdict) {
  if (read.kind === 'invalid') return [];
  return read.slos.map(({ definition, line }) => ({
    file,
    line,
    id: definition.id,
    objective: percentText(definition.objective),
    tiers: describeTiers(definition),
  }));
}
