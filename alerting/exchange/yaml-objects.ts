import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';

/** One object of a file, wherever it stands: a document, or an element of one that is a list. */
export type YamlObject = { file: string; line: number; value: Record<string, unknown> };

export type YamlObjects = { objects: YamlObject[]; problems: string[] };

/**
 * Reads every object of a file. The core schema knows no dates, so `2022-01-01 12:00:00` stays that text and is not moved
 * to another zone.
 */
export function readYamlObjects(text: string, file: string): YamlObjects {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'core',
    version: '1.2',
    lineCounter: lines,
    merge: true,
  });
  const objects: YamlObject[] = [];
  const problems: string[] = [];
  for (const document of 'empty' in documents ? [] : documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      problems.push(`${file}:${lines.linePos(error.pos[0]).line}: is not YAML: ${firstLine(error.message)}`);
      continue;
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) continue;
    const nodes = isSeq(contents) ? contents.items : [contents];
    for (const node of nodes) {
      const at = isMap(node) ? lines.linePos(node.range?.[0] ?? 0).line : 1;
      try {
        const value: unknown = isMap(node) ? node.toJS(document, { maxAliasCount: 100 }) : null;
        if (isRecord(value)) objects.push({ file, line: at, value });
        else problems.push(`${file}:${at}: is not an object with keys`);
      } catch (cause) {
        problems.push(
          `${file}:${at}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
        );
      }
    }
  }
  return { objects, problems };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
