import type { WrittenSlo } from '../../schemas/slo/write-slo.js';

/** Where an object of another tool stands, and what it calls itself. */
export type Source = { file: string; line: number; format: string; kind: string; name: string };

/** An objective as far as it could be taken over; without one, `lost` says why. */
export type Draft = { slo: WrittenSlo | null; lost: string[] };

/** What one object came to. */
export type Imported = { source: Source; drafts: Draft[]; lost: string[] };

const longestId = 80;

/** Lower case letters, digits and "-", as ids of ours are. */
export function idOf(...parts: readonly (string | undefined)[]): string {
  const slug = parts
    .filter((part) => part !== undefined && part !== '')
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestId)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'imported' : slug;
}

/** A title or description no longer than ours may be. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
