import type { z } from 'zod';
import { nearest } from '../nearest.js';
import { pathText, type SettingPath } from './problem.js';
import { type SettingCatalog, suggestKey } from './setting-catalog.js';
import { isTreeMap, type Tree } from './yaml-tree.js';

type Issue = z.core.$ZodIssue;
/** `about: 'value'` continues the setting's name ("must be …"); `'key'` is a sentence of its own. */
export type LocatedIssue = { path: SettingPath; about: 'value' | 'key'; says: string };

/** Each thing zod found, as a sentence about the setting. Values are repeated only where they cannot be a secret. */
export function locateIssues(
  issues: readonly Issue[],
  tree: Tree,
  catalog: SettingCatalog,
  above: SettingPath = [],
): LocatedIssue[] {
  return issues.flatMap((issue): LocatedIssue[] => {
    const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, catalog));
    const value = valueAt(tree, path);
    if (issue.code === 'invalid_union' && isTreeMap(value)) {
      const branch =
        issue.errors.find((errors) => errors.length > 0 && errors.every((one) => one.path.length > 0)) ??
        issue.errors.find(
          (errors) => !errors.some((one) => one.code === 'invalid_type' && one.path.length === 0),
        );
      if (branch !== undefined) return locateIssues(branch, tree, catalog, path);
    }
    return [{ path, about: 'value', says: predicate(issue, value) }];
  });
}

function predicate(issue: Issue, value: Tree): string {
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    if (typeof value !== 'string') return `must be one of ${known.join(', ')}`;
    const given = JSON.stringify(value.slice(0, 60));
    return `is ${given}, which is not one of ${known.join(', ')}; did you mean "${nearest(value, known)}"?`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return 'must be a map of settings, indented below it';
  }
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? 'is not a valid key';
  return issue.message;
}

function unknownKey(path: SettingPath, key: string, catalog: SettingCatalog): LocatedIssue {
  const where = path.length === 0 ? '' : ` in ${pathText(path)}`;
  const meant = suggestKey(path, key, catalog);
  const says = `unknown key ${JSON.stringify(key.slice(0, 60))}${where}${meant === null ? '' : `; did you mean ${meant}?`}`;
  return { path: [...path, key], about: 'key', says };
}

function valueAt(tree: Tree, path: SettingPath): Tree {
  let value = tree;
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isTreeMap(value)) value = Object.hasOwn(value, part) ? value[part] : undefined;
    else return undefined;
  }
  return value;
}
