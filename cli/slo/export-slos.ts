import { stringify } from 'yaml';
import { exportOpenSlo } from '../../alerting/exchange/export-openslo.js';
import { callApi } from '../../http/call-api.js';
import { problemText } from '../../schemas/config/problem.js';
import { readSloFile } from '../../schemas/slo/read-slo-file.js';
import { SloList } from '../../schemas/slo/slo-answer.js';
import { SloDefinition } from '../../schemas/slo/slo-definition.js';
import type { CommandContext, ExitCode } from '../command.js';
import { openTarget } from '../remote-target.js';

export type ExportSource = { target?: string | undefined; 'key-file'?: string | undefined };

/** Writes objectives of files, or of a running server, as OpenSLO v1; one document each. */
export async function exportSlos(
  files: readonly string[],
  source: ExportSource,
  { io }: CommandContext,
): Promise<ExitCode> {
  const { definitions, problems } = files.length > 0 ? await ofFiles(files, io) : await ofServer(source, io);
  const exported = definitions.map((definition) => ({ id: definition.id, ...exportOpenSlo(definition) }));
  if (exported.length > 0)
    io.out(
      exported
        .map(({ object }) => stringify(object, { lineWidth: 120 }))
        .join('---\n')
        .trimEnd(),
    );
  for (const { id, lost } of exported) for (const one of lost) io.err(`${id}: ${one}`);
  for (const problem of problems) io.err(problem);
  return problems.length === 0 ? 0 : 1;
}

type Read = { definitions: SloDefinition[]; problems: string[] };

async function ofFiles(files: readonly string[], io: CommandContext['io']): Promise<Read> {
  const definitions: SloDefinition[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const read = readSloFile(await io.read(file), file);
    if (read.kind === 'invalid') problems.push(...read.problems.map(problemText));
    else definitions.push(...read.slos.map(({ definition }) => definition));
  }
  return { definitions, problems };
}

async function ofServer(source: ExportSource, io: CommandContext['io']): Promise<Read> {
  const list = await callApi(await openTarget(source, io), { method: 'GET', path: 'slos' }, SloList);
  return {
    definitions: list.slos.map(({ definition }) => SloDefinition.parse(definition)),
    problems: list.problems,
  };
}
