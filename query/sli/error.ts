import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { invocationDimensions, rowDimensions } from './dimensions.js';
import { readSums, type SumsRow } from './read-sums.js';
import type { Counted, Sli, SliQuestion } from './sli.js';

const failed = (row: SumsRow): number => row.errors + row.timeouts + row.ooms;

/**
 * Bad is what failed while it ran. By type of error, the total of each is still all that ran: a type's share is of
 * everything, and the shares of all types add up to that of any.
 */
export const error: Sli = {
  unit: 'ratio',
  says: 'neither error, time-out nor out of memory, of all that ran; by `errorType`, bad are errors of that type alone',
  dimensions: invocationDimensions,
  rowDimensions,
  kept: 'sums',
  takes: ['coldStarts'],
  adds: true,
  read: async (warehouse, question) => {
    const isTyped = question.errorType !== null || question.groupBy.includes('errorType');
    if (isTyped) return await byType(warehouse, question);
    const rows = await readSums(warehouse, question);
    return rows.map((row) => ({
      column: row.column,
      labels: row.labels,
      good: row.ran - failed(row),
      total: row.ran,
    }));
  },
};

async function byType(warehouse: TenantWarehouse, question: SliQuestion): Promise<Counted[]> {
  const { groupBy } = question;
  const at = groupBy.indexOf('errorType');
  const without = groupBy.filter((name) => name !== 'errorType');
  const [bad, all] = await Promise.all([
    readSums(warehouse, question),
    readSums(warehouse, { ...question, errorType: null, groupBy: without }),
  ]);
  const failures = bad.filter((row) => failed(row) > 0);
  const types = new Map<string, string[]>();
  for (const { labels } of failures) types.set(JSON.stringify(labels), labels);
  if (at === -1) for (const { labels } of all) types.set(JSON.stringify(labels), labels);
  const badOf = new Map(failures.map((row) => [JSON.stringify([row.column, row.labels]), failed(row)]));
  const allOf = new Map<string, SumsRow[]>();
  for (const row of all) {
    const key = JSON.stringify(row.labels);
    allOf.set(key, [...(allOf.get(key) ?? []), row]);
  }
  return [...types.values()].flatMap((labels) => {
    const others = at === -1 ? labels : labels.filter((_, index) => index !== at);
    return (allOf.get(JSON.stringify(others)) ?? []).map(({ column, ran }) => {
      const missed = badOf.get(JSON.stringify([column, labels])) ?? 0;
      return { column, labels, good: ran - missed, total: ran };
    });
  });
}
