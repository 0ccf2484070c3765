import type { FunctionSummary } from '../../../../schemas/functions.js';
import type { StoredSlo } from '../../../../schemas/slo/slo-answer.js';

export type PaletteItem = {
  kind: 'page' | 'function' | 'slo' | 'trace' | 'act';
  /** Unlike that of any other item. */
  id: string;
  label: string;
  /** Said beside it, and found as well. */
  more: string;
  href: string | null;
};

type Seen = Pick<FunctionSummary, 'function' | 'environment' | 'team'>;

/** One item for each function and environment, however many rows it has. */
export function functionItems(functions: readonly Seen[]): PaletteItem[] {
  const items = new Map<string, PaletteItem>();
  for (const { function: name, environment, team } of functions) {
    const id = `function ${JSON.stringify([name, environment])}`;
    const more = [environment, team].filter((part) => part !== '').join(' · ');
    const href = `/functions/${encodeURIComponent(name)}?${new URLSearchParams({ environment })}`;
    if (!items.has(id)) items.set(id, { kind: 'function', id, label: name, more, href });
  }
  return [...items.values()];
}

export function sloItems(slos: readonly Pick<StoredSlo, 'id' | 'definition'>[]): PaletteItem[] {
  return slos.map(({ id, definition }) => ({
    kind: 'slo',
    id: `slo ${id}`,
    label: typeof definition['title'] === 'string' ? definition['title'] : id,
    more: id,
    href: `/slos/${encodeURIComponent(id)}`,
  }));
}

/** A whole trace id is a place to go to as well. */
export function traceItem(text: string): PaletteItem[] {
  const id = text.trim().toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) return [];
  return [{ kind: 'trace', id: 'trace', label: `Trace ${id}`, more: '', href: `/traces/${id}` }];
}

/**
 * The best `most` items for a text: every word must be in the label or beside it. Labels that start with the text come
 * first, then words that start with it, then the rest; without a text, items stay in their order.
 */
export function findItems(items: readonly PaletteItem[], text: string, most: number): PaletteItem[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return items.slice(0, most);
  const words = wanted.split(/\s+/);
  const ranked: { item: PaletteItem; rank: number }[] = [];
  for (const item of items) {
    const label = item.label.toLowerCase();
    const haystack = `${label} ${item.more.toLowerCase()}`;
    if (words.every((word) => haystack.includes(word))) ranked.push({ item, rank: rankOf(label, wanted) });
  }
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ item }) => item);
}

function rankOf(label: string, wanted: string): number {
  if (label === wanted) return 0;
  if (label.startsWith(wanted)) return 1;
  const at = label.indexOf(wanted);
  if (at < 0) return 4;
  return /[\p{L}\p{N}]/u.test(label[at - 1] ?? ' ') ? 3 : 2;
}
