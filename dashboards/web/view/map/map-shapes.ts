import type { FunctionSummary } from '../../../../schemas/functions.js';
import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';
import type { StoredSlo } from '../../../../schemas/slo/slo-answer.js';
import { sumUsd } from '../cost/money.js';
import { objectivesAbout } from '../oncall/deployment-effect.js';
import type { MapLayout, MapNode } from './map-layout.js';

export const mapSizes = ['invocations', 'errors', 'duration', 'cost', 'budget'] as const;
export type MapSize = (typeof mapSizes)[number];

export const mapSizeWords: Readonly<Record<MapSize, string>> = {
  invocations: 'Invocations',
  errors: 'Failures',
  duration: 'p95',
  cost: 'Cost',
  budget: 'Budget burned',
};

export type Known = {
  invocations: number;
  bad: number;
  p95Ms: number | null;
  /** Null where no rate is known, or it was not asked. */
  costUsd: string | null;
};

/** What is known of each function of an environment, its rows added up; the slowest row gives the p95. */
export function knownFunctions(functions: readonly FunctionSummary[]): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const { function: name, environment, invocations, bad, p95Ms, costUsd } of functions) {
    const id = `function ${environment} ${name}`;
    const before = known.get(id) ?? { invocations: 0, bad: 0, p95Ms: null, costUsd: null };
    known.set(id, {
      invocations: before.invocations + invocations,
      bad: before.bad + bad,
      p95Ms: p95Ms === null ? before.p95Ms : Math.max(p95Ms, before.p95Ms ?? 0),
      costUsd: costUsd === null ? before.costUsd : sumUsd([costUsd, before.costUsd ?? '0']),
    });
  }
  return known;
}

/** Share of its error budget each function has burned, by name: of several objectives, the one that burned most. */
export type Burned = ReadonlyMap<string, number>;

export function burnedByFunction(
  names: readonly string[],
  slos: readonly StoredSlo[],
  budgets: readonly Pick<ListedBudget, 'id' | 'scope' | 'remainingRatio'>[],
): Burned {
  const left = new Map(budgets.map((one) => [JSON.stringify([one.id, one.scope]), one.remainingRatio]));
  return new Map(
    names.flatMap((name) => {
      const ratios = objectivesAbout(slos, { function: name, environment: '' }).flatMap(({ id, scope }) => {
        const remaining = left.get(JSON.stringify([id, scope])) ?? null;
        return remaining === null ? [] : [1 - remaining];
      });
      return ratios.length === 0 ? [] : [[name, Math.max(...ratios)] as const];
    }),
  );
}

const least = 5;
const largest = 15;

/** Radius of each node: its area goes with what is asked for. */
export function radii(
  { nodes }: MapLayout,
  known: ReadonlyMap<string, Known>,
  size: MapSize,
  burned: Burned = new Map(),
): ReadonlyMap<string, number> {
  const amount = (node: MapNode): number => {
    const one = known.get(node.id);
    if (size === 'errors') return one?.bad ?? node.errors;
    if (size === 'duration') return one?.p95Ms ?? 0;
    // Drawn, never added up.
    if (size === 'cost') return Number(one?.costUsd ?? 0);
    if (size === 'budget') return Math.max(0, burned.get(node.name) ?? 0);
    return one?.invocations ?? node.calls;
  };
  const most = nodes.reduce((high, node) => Math.max(high, amount(node)), 0);
  return new Map(
    nodes.map((node) => [
      node.id,
      most === 0 ? least : least + (largest - least) * Math.sqrt(amount(node) / most),
    ]),
  );
}

export type MapBox = { columnPx: number; rowPx: number; width: number; height: number };

/** Room for a name, and the width of a page that few columns spread over. */
const leastColumnPx = 230;
const wantedPx = 1240;

export function mapBox({ columns, rows }: MapLayout): MapBox {
  const columnPx = Math.max(leastColumnPx, Math.floor(wantedPx / columns));
  const rowPx = 44;
  return { columnPx, rowPx, width: columns * columnPx, height: Math.max(4, rows) * rowPx };
}

/** The middle of a node; short columns stand in the middle of the height. */
export function placeOf(
  node: Pick<MapNode, 'column' | 'row'>,
  layout: MapLayout,
  box: MapBox,
): { x: number; y: number } {
  const inColumn = layout.nodes.filter(({ column }) => column === node.column).length;
  const top = (box.height - inColumn * box.rowPx) / 2;
  return { x: node.column * box.columnPx + 24, y: top + (node.row + 0.5) * box.rowPx };
}

/** About as wide as a letter of a label, in px. */
const letterPx = 7;

const longest = 24;

/** What a node is called on the map: long names are cut. */
export function mapLabel(name: string): string {
  return name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
}

/** Where links leave a node: behind its label, which they would strike through. */
export function afterLabel(
  place: { x: number; y: number },
  radius: number,
  label: string,
): { x: number; y: number } {
  return { x: place.x + radius + 12 + label.length * letterPx, y: place.y };
}

/** A line that leaves to the right and arrives from the left. */
export function linkPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${from.x + bend} ${from.y.toFixed(1)} ${to.x - bend} ${to.y.toFixed(1)} ${to.x} ${to.y.toFixed(1)}`;
}

/** 0 to 3: how bad the share of failures is, for a colour. */
export function badness(bad: number, total: number): 0 | 1 | 2 | 3 {
  if (total === 0 || bad === 0) return 0;
  const ratio = bad / total;
  return ratio < 0.01 ? 1 : ratio < 0.05 ? 2 : 3;
}
