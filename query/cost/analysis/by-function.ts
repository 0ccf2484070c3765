import type { PricedCell } from './priced-cell.js';

export type Owned = { function: string; environment: string; team: string };
export type FunctionCells = { of: Owned; cells: PricedCell[] };

export function ownedKey({ function: name, environment, team }: Owned): string {
  return JSON.stringify([name, environment, team]);
}

/** Cells of each function in each environment for each owner, by `ownedKey`. */
export function byFunction(priced: readonly PricedCell[]): Map<string, FunctionCells> {
  const groups = new Map<string, FunctionCells>();
  for (const one of priced) {
    const { function: name, environment, team } = one.cell;
    const of = { function: name, environment, team };
    const known = groups.get(ownedKey(of));
    if (known === undefined) groups.set(ownedKey(of), { of, cells: [one] });
    else known.cells.push(one);
  }
  return groups;
}
