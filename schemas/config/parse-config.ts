import { type Config, Settings } from './config.js';
import { crossProblems } from './cross-checks.js';
import { overlay, readEnvironment } from './environment-tree.js';
import { type LocatedIssue, locateIssues } from './issue-problems.js';
import { type ConfigProblem, pathText } from './problem.js';
import { resolveSecrets, type SecretFile } from './resolve-secrets.js';
import { type SettingCatalog, settingCatalog } from './setting-catalog.js';
import { readYaml, type TreeMap } from './yaml-tree.js';

/** Where an effective setting came from. */
export type SettingSource =
  | { kind: 'default' }
  | { kind: 'file'; path: string; line: number }
  | { kind: 'environment'; name: string };

/** By dotted path, such as `listen.http`; one entry for every setting. */
export type SettingSources = ReadonlyMap<string, SettingSource>;

export type ConfigInput = {
  /** Null when there is no file. */
  yamlText: string | null;
  /** Named in problems and sources. */
  yamlPath: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Reads the file a secret points at. Without it such a secret is a problem. */
  readSecretFile?: (path: string) => SecretFile;
};

export type ParsedConfig =
  | { kind: 'ok'; config: Config; sources: SettingSources }
  | { kind: 'invalid'; problems: readonly ConfigProblem[] };

const noFiles = (): SecretFile => ({ kind: 'unreadable', reason: 'files are not read here' });

/** File and environment into one configuration, or everything that is wrong with either of them, at once. */
export function parseConfig({
  yamlText,
  yamlPath,
  env,
  readSecretFile = noFiles,
}: ConfigInput): ParsedConfig {
  const catalog = settingCatalog();
  const file = readYaml(yamlText ?? '', yamlPath);
  const environment = readEnvironment(env);
  const inFile = ({ path, about, says }: LocatedIssue): ConfigProblem => ({
    where: `${yamlPath}:${file.lineOf(path)}`,
    says: about === 'key' || path.length === 0 ? says : `${pathText(path)} ${says}`,
  });
  const inEither = (issue: LocatedIssue): ConfigProblem => {
    const name = environment.nameOf(issue.path);
    return name === null ? inFile(issue) : { where: name, says: issue.says };
  };

  // Each side is checked on its own first: a variable that wins must not hide a mistake in the file.
  const fileIssues = sideIssues(file.tree, catalog);
  const problems = [
    ...file.problems,
    ...fileIssues.sort((one, other) => file.lineOf(one.path) - file.lineOf(other.path)).map(inFile),
    ...environment.problems,
    ...sideIssues(environment.tree, catalog).map(inEither),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };

  const settings = Settings.parse(overlay(file.tree, environment.tree));
  const { config, problems: secretProblems } = resolveSecrets(settings, { env, readSecretFile });
  const whole = [...secretProblems, ...crossProblems(config)];
  if (whole.length > 0) {
    return { kind: 'invalid', problems: whole.map((issue) => inEither({ ...issue, about: 'value' })) };
  }
  const sources = new Map(
    catalog.settings.map(({ path }): [string, SettingSource] => {
      const name = environment.nameOf(path);
      if (name !== null) return [pathText(path), { kind: 'environment', name }];
      if (!isGiven(file.tree, path)) return [pathText(path), { kind: 'default' }];
      return [pathText(path), { kind: 'file', path: yamlPath, line: file.lineOf(path) }];
    }),
  );
  return { kind: 'ok', config, sources };
}

function sideIssues(tree: TreeMap, catalog: SettingCatalog): LocatedIssue[] {
  const parsed = Settings.safeParse(tree);
  return parsed.success ? [] : locateIssues(parsed.error.issues, tree, catalog);
}

function isGiven(tree: TreeMap, path: readonly string[]): boolean {
  let value: unknown = tree;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = new Map(Object.entries(value)).get(key);
  }
  return value !== undefined;
}
