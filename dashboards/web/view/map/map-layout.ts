import type { DependencyList } from '../../../../schemas/dependencies.js';

export type MapNode = {
  id: string;
  kind: 'function' | 'database' | 'http' | 'queue' | 'rpc' | 'storage' | 'other';
  name: string;
  environment: string;
  calls: number;
  errors: number;
  /** Column from the left, and place in it from the top. */
  column: number;
  row: number;
};

export type MapLink = { from: string; to: string; calls: number; errors: number };
export type MapLayout = {
  nodes: MapNode[];
  links: MapLink[];
  columns: number;
  rows: number;
  leftOut: number;
};

type Draft = Omit<MapNode, 'column' | 'row'>;

/** Who calls whom, drawn from left to right: callers before what they call, with as few crossings as is cheap. */
export function layoutMap(list: Pick<DependencyList, 'edges' | 'flows'>, most: number): MapLayout {
  const drafts = new Map<string, Draft>();
  const links = new Map<string, MapLink>();
  const node = (kind: MapNode['kind'], environment: string, name: string): Draft => {
    const id = `${kind} ${environment} ${name}`;
    const known = drafts.get(id) ?? { id, kind, name, environment, calls: 0, errors: 0 };
    drafts.set(id, known);
    return known;
  };
  const link = (from: Draft, to: Draft, calls: number, errors: number) => {
    if (from.id === to.id) return;
    const key = `${from.id} > ${to.id}`;
    const known = links.get(key) ?? { from: from.id, to: to.id, calls: 0, errors: 0 };
    links.set(key, { ...known, calls: known.calls + calls, errors: known.errors + errors });
    to.calls += calls;
    to.errors += errors;
    from.calls += 0;
  };
  for (const { function: name, environment, direction, peerKind, peer, calls, errors } of list.edges) {
    const own = node('function', environment, name);
    const other = node(peerKind, environment, peer === '' ? 'not told' : peer);
    if (direction === 'out') link(own, other, calls, errors);
    else link(other, own, calls, errors);
  }
  for (const { environment, from, to, via, sent } of list.flows)
    if (via === null) link(node('function', environment, from), node('function', environment, to), sent, 0);

  const kept = [...drafts.values()].sort(
    (one, other) => other.calls - one.calls || (one.id < other.id ? -1 : 1),
  );
  const shown = new Set(kept.slice(0, most).map(({ id }) => id));
  const drawn = [...links.values()].filter(({ from, to }) => shown.has(from) && shown.has(to));
  const columnOf = columnsOf([...shown], drawn);
  const rowOf = rowsOf(columnOf, drawn);
  const nodes = kept
    .slice(0, most)
    .map((one) => ({ ...one, column: columnOf.get(one.id) ?? 0, row: rowOf.get(one.id) ?? 0 }));
  return {
    nodes,
    links: drawn,
    columns: 1 + nodes.reduce((last, { column }) => Math.max(last, column), 0),
    rows: 1 + nodes.reduce((last, { row }) => Math.max(last, row), 0),
    leftOut: kept.length - nodes.length,
  };
}

/** The longest way that leads to each node; a link that would close a circle is left out of it. */
function columnsOf(ids: readonly string[], links: readonly MapLink[]): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const columns = new Map(ids.map((id) => [id, 0]));
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const forward: MapLink[] = [];
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const to of next.get(id) ?? []) {
      if (state.get(to) === 'open') continue;
      forward.push({ from: id, to, calls: 0, errors: 0 });
      if (state.get(to) === undefined) visit(to);
    }
    state.set(id, 'done');
    ordered.unshift(id);
  };
  const called = new Set(links.map(({ to }) => to));
  for (const id of [...ids.filter((one) => !called.has(one)), ...ids])
    if (state.get(id) === undefined) visit(id);
  const after = new Map<string, string[]>();
  for (const { from, to } of forward) after.set(from, [...(after.get(from) ?? []), to]);
  for (const id of ordered)
    for (const to of after.get(id) ?? [])
      columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(id) ?? 0) + 1));
  return columns;
}

const passes = 4;

/** Places in each column: by the mean place of what a node is linked with, a few times over. */
function rowsOf(columnOf: ReadonlyMap<string, number>, links: readonly MapLink[]): Map<string, number> {
  const byColumn = new Map<number, string[]>();
  for (const [id, column] of [...columnOf].sort(([one], [other]) => (one < other ? -1 : 1)))
    byColumn.set(column, [...(byColumn.get(column) ?? []), id]);
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of links) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const rows = new Map<string, number>();
  const place = (ids: readonly string[]) => {
    for (const [index, id] of ids.entries()) rows.set(id, index);
  };
  for (const ids of byColumn.values()) place(ids);
  const columns = [...byColumn.keys()].sort((one, other) => one - other);
  for (let pass = 0; pass < passes; pass++)
    for (const column of pass % 2 === 0 ? columns : [...columns].reverse()) {
      const ids = byColumn.get(column) ?? [];
      const pull = (id: string) => {
        const linked = neighbours.get(id) ?? [];
        if (linked.length === 0) return rows.get(id) ?? 0;
        return linked.reduce((sum, one) => sum + (rows.get(one) ?? 0), 0) / linked.length;
      };
      const pulls = new Map(ids.map((id) => [id, pull(id)]));
      ids.sort((one, other) => (pulls.get(one) ?? 0) - (pulls.get(other) ?? 0) || (one < other ? -1 : 1));
      place(ids);
    }
  return rows;
}
