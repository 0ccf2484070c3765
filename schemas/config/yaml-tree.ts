import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { type ConfigProblem, pathText, type SettingPath } from './problem.js';
import { yamlSentence } from './yaml-sentence.js';

/** Plain values as zod takes them; a key without a value is `undefined`, so that its default applies. */
export type Tree = string | number | boolean | undefined | readonly Tree[] | { readonly [key: string]: Tree };
export type TreeMap = { readonly [key: string]: Tree };

export type YamlTree = {
  tree: TreeMap;
  problems: ConfigProblem[];
  /** The line of a setting, or of the nearest thing around it that has one. */
  lineOf: (path: SettingPath) => number;
};

export function isTreeMap(tree: Tree): tree is TreeMap {
  return typeof tree === 'object' && !Array.isArray(tree);
}

/** Far above any honest file; an alias that contains itself, or doubles at every step, stops here. */
const mostNodes = 10_000;
const deepest = 20;
/** The parser itself runs out of memory on some hundreds; checked on the text, quotes and comments included. */
const deepestBrackets = 50;

const keyOf = (path: SettingPath) => JSON.stringify(path);

/** Reads YAML text into plain values and remembers the line of every key and value. */
export function readYaml(text: string, fileName: string): YamlTree {
  const lineCounter = new LineCounter();
  const lines = new Map<string, number>();
  const problems: ConfigProblem[] = [];
  const lineOf = (path: SettingPath): number =>
    lines.get(keyOf(path)) ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)));
  const complain = (line: number, says: string) => problems.push({ where: `${fileName}:${line}`, says });
  const lineAt = (node: unknown, otherwise: number) => {
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? otherwise : lineCounter.linePos(start).line;
  };

  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (bracketDepth(source) > deepestBrackets) {
    complain(1, yamlSentence('RESOURCE_EXHAUSTION'));
    return { tree: {}, problems, lineOf };
  }
  // Duplicate keys are found below, where both lines are known.
  const document = parseDocument(source, { lineCounter, prettyErrors: false, uniqueKeys: false });
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    complain(lineCounter.linePos(pos[0]).line, yamlSentence(code));
  }
  if (problems.length > 0) return { tree: {}, problems: problems.slice(0, 1), lineOf };

  let nodes = 0;
  const read = (node: unknown, path: SettingPath, line: number): Tree => {
    nodes += 1;
    if (nodes > mostNodes || path.length > deepest) {
      if (nodes <= mostNodes + 1) complain(line, 'it is nested too deep, or repeats itself through aliases');
      nodes = mostNodes + 1;
      return undefined;
    }
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) complain(line, yamlSentence('BAD_ALIAS'));
      return read(target, path, line);
    }
    if (isMap(node)) return readMap(node, path, line);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        lines.set(keyOf([...path, index]), lineAt(item, line));
        return read(item, [...path, index], lineAt(item, line));
      });
    }
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    return undefined;
  };

  const readMap = (map: YAMLMap, path: SettingPath, line: number): TreeMap => {
    const merged = new Map<string, Tree>();
    const own = new Map<string, Tree>();
    const firstLines = new Map<string, number>();
    const isMerge = (key: unknown) => isScalar(key) && key.value === '<<';
    for (const { key, value } of map.items.filter((item) => isMerge(item.key))) {
      for (const source of isSeq(value) ? value.items : [value]) {
        const tree = read(source, path, lineAt(key, line));
        if (!isTreeMap(tree)) complain(lineAt(key, line), '"<<" can only merge maps');
        else for (const [name, child] of Object.entries(tree)) if (!merged.has(name)) merged.set(name, child);
      }
    }
    for (const { key, value } of map.items.filter((item) => !isMerge(item.key))) {
      const keyLine = lineAt(key, line);
      const name = isScalar(key) ? String(key.value) : null;
      const firstLine = name === null ? undefined : firstLines.get(name);
      if (name === null) complain(keyLine, `a key${inside(path)} is not text`);
      else if (firstLine !== undefined) {
        complain(keyLine, `key "${name}"${inside(path)} was already given in line ${firstLine}; keep one`);
      } else {
        firstLines.set(name, keyLine);
        lines.set(keyOf([...path, name]), keyLine);
        own.set(name, read(value, [...path, name], keyLine));
      }
    }
    return Object.fromEntries([...merged, ...own]);
  };

  const tree = read(document.contents, [], 1);
  if (problems.length === 0 && tree !== undefined && !isTreeMap(tree)) {
    complain(
      lineAt(document.contents, 1),
      `the file must be a map such as "dataDir: ./data", this is ${kindOf(tree)}`,
    );
  }
  return { tree: isTreeMap(tree) ? tree : {}, problems, lineOf };
}

function bracketDepth(source: string): number {
  let depth = 0;
  let most = 0;
  for (const character of source) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    most = Math.max(most, depth);
  }
  return most;
}

function inside(path: SettingPath): string {
  return path.length === 0 ? '' : ` in ${pathText(path)}`;
}

function kindOf(tree: Tree): string {
  return Array.isArray(tree) ? 'a list' : 'a single value';
}
