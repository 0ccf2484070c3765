import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { invocationDimensions, rowDimensions } from './dimensions.js';
import { readSums, type SumsRow } from './read-sums.js';
import type { Counted, Sli, SliQuestion } from './sli.js';

type Counts = {
  says: string;
  good: (sums: SumsRow) => number;
  total: (sums: SumsRow) => number;
  coldBad?: (sums: SumsRow) => number;
};

/** An indicator that is two sums over invocations. */
export function countedSli({ says, good, total, coldBad }: Counts): Sli {
  return {
    unit: 'ratio',
    says,
    dimensions: invocationDimensions,
    rowDimensions,
    kept: 'sums',
    takes: ['coldStarts'],
    adds: true,
    read: async (warehouse: TenantWarehouse, question: SliQuestion): Promise<Counted[]> =>
      (await readSums(warehouse, question)).map((row) => ({
        column: row.column,
        labels: row.labels,
        good: good(row),
        total: total(row),
        ...(coldBad === undefined ? {} : { coldBad: coldBad(row) }),
      })),
  };
}
