/** One import as written: `typeOnly` imports vanish at run time, so they cannot form a run-time cycle. */
export type Import = { specifier: string; typeOnly: boolean };
export type SourceFile = { path: string; text: string; lineCount: number; imports: Import[] };

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)(?!\.)/g;
const TYPE_QUERY = /\bimport\(\s*['"]([^'"]+)['"]\s*\)(?=\.)/g;

/** Reads the imports of one file from its text. */
export function parseSource(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  for (const [, type, specifier] of text.matchAll(STATIC)) {
    if (specifier !== undefined) imports.push({ specifier, typeOnly: type !== undefined });
  }
  for (const [, specifier] of text.matchAll(DYNAMIC)) {
    if (specifier !== undefined) imports.push({ specifier, typeOnly: false });
  }
  for (const [, specifier] of text.matchAll(TYPE_QUERY)) {
    if (specifier !== undefined) imports.push({ specifier, typeOnly: true });
  }
  return { path, text, lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports };
}

/** The project file a relative specifier names, or null for packages. `.js` stands for the `.ts` it is built from. */
export function resolveImport(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts
    .join('/')
    .replace(/\.js$/, '.ts')
    .replace(/\.jsx$/, '.tsx');
}
