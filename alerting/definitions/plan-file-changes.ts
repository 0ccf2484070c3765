import type { SloDefinition } from '../../schemas/slo/slo-definition.js';
import { writeSlo } from '../../schemas/slo/write-slo.js';
import type { CurrentSlo, SloVersion } from './fold-versions.js';

export type FileSlo = { file: string; definition: SloDefinition };
export type SloChange = Omit<SloVersion, 'tenant' | 'at'>;

/**
 * What to write so that the objectives read as the files have them. While any file cannot be read, none is deleted: a
 * typing error must not switch an objective off.
 */
export function planFileChanges(
  files: readonly FileSlo[],
  current: readonly CurrentSlo[],
  lastVersionOf: (id: string) => number,
  mayDelete: boolean,
): SloChange[] {
  const known = new Map(current.map((one) => [one.id, one]));
  const wanted = new Set(files.map(({ definition }) => definition.id));
  const put = files.flatMap(({ file, definition }): SloChange[] => {
    const text = JSON.stringify(writeSlo(definition));
    const stored = known.get(definition.id);
    const same = stored?.source === 'file' && JSON.stringify(writeSlo(stored.definition)) === text;
    if (same) return [];
    const { id } = definition;
    const version = lastVersionOf(id) + 1;
    return [{ slo: id, version, event: 'put', definition: text, source: 'file', author: file }];
  });
  if (!mayDelete) return put;
  const gone = current.filter(({ id, source }) => source === 'file' && !wanted.has(id));
  const deleted = gone.map(
    ({ id, author }): SloChange => ({
      slo: id,
      version: lastVersionOf(id) + 1,
      event: 'delete',
      definition: '',
      source: 'file',
      author,
    }),
  );
  return [...put, ...deleted];
}
