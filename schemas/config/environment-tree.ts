import { nearest } from '../nearest.js';
import { environmentSettings, knownEnvironmentNames } from './environment-names.js';
import type { ConfigProblem, SettingPath } from './problem.js';
import { isTreeMap, type Tree, type TreeMap } from './yaml-tree.js';

export type EnvironmentTree = {
  tree: TreeMap;
  problems: ConfigProblem[];
  /** The variable that gives a setting, or a setting above it. */
  nameOf: (path: SettingPath) => string | null;
};

/** Reads the COLDBURN_* variables into the shape of the file. An empty variable counts as not set. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentTree {
  const problems = Object.keys(env)
    .filter((name) => /^coldburn_/i.test(name) && !knownEnvironmentNames.includes(name))
    .sort()
    .map((name) => ({
      where: name,
      says: `unknown environment name; did you mean ${nearest(name, knownEnvironmentNames)}?`,
    }));
  let tree: TreeMap = {};
  const given: { name: string; path: readonly string[] }[] = [];
  for (const [name, path] of Object.entries(environmentSettings)) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    given.push({ name, path });
    tree = withValue(
      tree,
      path,
      name === 'COLDBURN_ROLES' ? text.split(',').map((role) => role.trim()) : text,
    );
  }
  const nameOf = (path: SettingPath) =>
    given.find((one) => one.path.every((part, index) => path[index] === part))?.name ?? null;
  return { tree, problems, nameOf };
}

function withValue(tree: TreeMap, path: readonly string[], value: Tree): TreeMap {
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  const child = tree[key];
  return {
    ...tree,
    [key]: rest.length === 0 ? value : withValue(isTreeMap(child) ? child : {}, rest, value),
  };
}

/** The file with the environment laid over it; lists are replaced, not joined. */
export function overlay(below: TreeMap, above: TreeMap): TreeMap {
  const result: Record<string, Tree> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = below[key];
    result[key] = isTreeMap(value) && isTreeMap(under) ? overlay(under, value) : value;
  }
  return result;
}
