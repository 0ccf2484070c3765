import { longFiles, maxLines, pureFolders, roomOf } from './rooms.js';
import { resolveImport, type SourceFile } from './source-file.js';

/** Imports that go up or sideways, as sentences. */
export function floorViolations(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    const from = roomOf(file.path);
    if (from === null) continue;
    for (const { specifier } of file.imports) {
      const target = resolveImport(file.path, specifier);
      if (target === null) continue;
      const to = roomOf(target);
      if (to === null) found.push(`${file.path} imports ${target}, which is in no room`);
      else if (to.room !== from.room && to.floor === from.floor) {
        found.push(`${file.path} imports sideways: ${target}`);
      } else if (to.floor > from.floor) found.push(`${file.path} imports up: ${target}`);
    }
  }
  return found;
}

const impure: readonly { pattern: RegExp; what: string }[] = [
  { pattern: /\bprocess\./, what: 'uses process' },
  { pattern: /\bDate\.now\(|\bnew Date\(\s*\)/, what: 'reads the clock' },
  { pattern: /\bperformance\.now\(/, what: 'reads the clock' },
  { pattern: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/, what: 'draws randomness' },
  { pattern: /\bset(?:Timeout|Interval|Immediate)\(/, what: 'sets a timer' },
  { pattern: /\bfetch\(/, what: 'calls the network' },
  { pattern: /\bconsole\./, what: 'writes to the console' },
];

/** Built-in modules a pure folder may import: they compute and touch nothing outside. */
const pureBuiltins = new Set(['node:buffer', 'node:zlib', 'node:crypto', 'node:util', 'node:net']);
/** Packages that compute. Types may come from anywhere. */
const purePackages = new Set(['zod', 'yaml', 'hdr-histogram-js', 'preact']);

/** I/O, clocks and randomness inside a pure folder, as sentences. */
export function purityViolations(files: readonly SourceFile[], folders = pureFolders): string[] {
  const found: string[] = [];
  for (const file of files) {
    if (!folders.some((folder) => file.path === folder || file.path.startsWith(`${folder}/`))) continue;
    const code = withoutTexts(withoutComments(file.text));
    for (const { pattern, what } of impure) if (pattern.test(code)) found.push(`${file.path} ${what}`);
    for (const { specifier, typeOnly } of file.imports) {
      if (typeOnly || specifier.startsWith('.')) continue;
      if (!pureBuiltins.has(specifier) && !purePackages.has(specifier)) {
        found.push(`${file.path} imports ${specifier}`);
      }
    }
  }
  return found;
}

/** Cycles of value imports, each once, as `a -> b -> a`. */
export function valueCycles(files: readonly SourceFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      found.push([...trail.slice(start), path].join(' -> '));
      return;
    }
    const file = known.get(path);
    if (file === undefined || done.has(path)) return;
    for (const { specifier, typeOnly } of file.imports) {
      const target = typeOnly ? null : resolveImport(path, specifier);
      if (target !== null) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}

export function lengthViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, lineCount }) => lineCount > maxLines && !longFiles.includes(path))
    .map(({ path, lineCount }) => `${path} has ${lineCount} lines`);
}

/** The environment is read in one place, so that every setting passes through the one schema. */
export function environmentViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => roomOf(path) !== null && path !== 'cli/main.ts')
    .filter(({ text }) => /\bprocess\.env\b|\benv\b[^\n]*from 'node:process'/.test(withoutComments(text)))
    .map(({ path }) => `${path} reads process.env`);
}

/** Program text shown to people, such as a snippet to copy, is not our code; what is put into it is. */
function withoutTexts(text: string): string {
  const template = /`((?:[^`\\]|\\.)*)`/g;
  return text.replace(template, (_whole, body: string) => (body.match(/\$\{[^}]*\}/g) ?? []).join(' '));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
}
