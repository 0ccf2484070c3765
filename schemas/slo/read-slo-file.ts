import { locateIssues } from '../config/issue-problems.js';
import { type ConfigProblem, pathText } from '../config/problem.js';
import { catalogOf } from '../config/setting-catalog.js';
import { readYaml } from '../config/yaml-tree.js';
import { type SloDefinition, SloFile } from './slo-definition.js';

export type LocatedSlo = { definition: SloDefinition; line: number };
export type ReadSlos = { kind: 'ok'; slos: LocatedSlo[] } | { kind: 'invalid'; problems: ConfigProblem[] };

/** Reads the objectives of one file, or says everything that is wrong with it, by line. */
export function readSloFile(text: string, fileName: string): ReadSlos {
  const { tree, problems, lineOf } = readYaml(text, fileName);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const parsed = SloFile.safeParse(tree);
  if (!parsed.success) {
    const located = locateIssues(parsed.error.issues, tree, catalogOf(SloFile));
    const told = located.map(({ path, about, says }) => ({
      where: `${fileName}:${lineOf(path)}`,
      says: about === 'key' || path.length === 0 ? says : `${pathText(path)} ${says}`,
    }));
    return { kind: 'invalid', problems: told };
  }
  const slos = parsed.data.slos.map((definition, at) => ({ definition, line: lineOf(['slos', at]) }));
  const twice = slos.filter(({ definition: { id } }, at) =>
    slos.slice(0, at).some((one) => one.definition.id === id),
  );
  if (twice.length === 0) return { kind: 'ok', slos };
  return {
    kind: 'invalid',
    problems: twice.map(({ definition: { id }, line }) => ({
      where: `${fileName}:${line}`,
      says: `the id "${id}" is used more than once in this file; every SLO needs its own`,
    })),
  };
}
