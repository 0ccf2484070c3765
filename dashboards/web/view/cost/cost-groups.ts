/** By what the amounts are split, as the switch names it and as the API is asked. */
export const costGroups = [
  { id: 'team', label: 'Team', dimensions: ['team'], changesBy: ['team'] },
  {
    id: 'function',
    label: 'Function',
    dimensions: ['function', 'environment'],
    changesBy: ['function', 'environment'],
  },
  {
    id: 'version',
    label: 'Version',
    dimensions: ['function', 'version'],
    changesBy: ['function', 'version'],
  },
  // Why cost changed is told by what runs; products and customers are labels of single runs.
  { id: 'product', label: 'Product', dimensions: ['product'], changesBy: ['function', 'environment'] },
  { id: 'customer', label: 'Customer', dimensions: ['customer'], changesBy: ['function', 'environment'] },
] as const;
export type CostGroup = (typeof costGroups)[number];

export const costBases = [
  { id: 'list', label: 'List', words: 'Price page, first tier' },
  {
    id: 'average',
    label: 'Average',
    words: 'Tiers, free grant and agreed rates spread over all of the month',
  },
  { id: 'marginal', label: 'Marginal', words: 'What the next unit costs' },
] as const;
export type CostBasisChoice = (typeof costBases)[number];

/** What the URL says; anything else falls back to the first. */
export function costGroupOf(id: string): CostGroup {
  return costGroups.find((group) => group.id === id) ?? costGroups[0];
}

export function costBasisOf(id: string): CostBasisChoice {
  return costBases.find((basis) => basis.id === id) ?? costBases[0];
}
