import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { shareUnder, totalOf } from '../latency/bucket-counts.js';
import { latencyDimensions, rowDimensions } from './dimensions.js';
import { measuredQuantileMs } from './measured.js';
import { quantileOfBuckets } from './quantile-of.js';
import { readMeasured } from './read-measured.js';
import { readSpread } from './read-spread.js';
import { readUnder } from './read-under.js';
import type { Counted, Sli, SliQuestion } from './sli.js';

/** Good is what took less than a threshold; with quantiles the values are percentiles. */
export const latency: Sli = {
  unit: 'ratio',
  says: 'took less than `thresholdMs`, of all that ran; with `quantiles` the values are percentiles in milliseconds',
  dimensions: latencyDimensions,
  rowDimensions,
  kept: 'sums',
  takes: ['thresholdMs', 'quantiles', 'coldStarts'],
  defaultThresholdMs: 300,
  adds: true,
  read: async (warehouse, question) => {
    if (question.quantiles.length > 0) return await readQuantiles(warehouse, question);
    if (question.fromRows) {
      const rows = await readMeasured(warehouse, { ...question, measure: 'duration', columns: [] });
      return rows.map(({ column, labels, under, total, cold_over }) => {
        return { column, labels, good: under, total, coldBad: cold_over };
      });
    }
    const rows = await readUnder(warehouse, question);
    return rows.map(({ column, labels, under, total, cold_over }) => {
      return { column, labels, good: under, total, coldBad: cold_over };
    });
  },
};

/** Rows looked at one by one for the sake of steps with few of them. */
const mostRows = 100_000;
/** A step with fewer runs than this is always answered exactly, while rows are kept. */
const fewest = 20;
const fewerThan = 512;

async function readQuantiles(warehouse: TenantWarehouse, question: SliQuestion): Promise<Counted[]> {
  const { quantiles, thresholdMs } = question;
  const exact = new Map<string, ReadonlyMap<number, number | null>>();
  const counted = new Map<string, Omit<Counted, 'value'>>();
  const spreads = new Map<string, ReadonlyMap<number, number>>();
  const { to } = question;
  const rowByRow = { ...question, minutesFrom: to, hoursFrom: to, hoursTo: to, minutesTo: to };
  const takeIn = async (columns: readonly number[]): Promise<void> => {
    for (const row of await readMeasured(warehouse, { ...rowByRow, measure: 'duration', columns })) {
      const key = keyOf(row);
      exact.set(key, new Map(quantiles.map((one) => [one, measuredQuantileMs(row, one)])));
      const { column, labels, under, total } = row;
      counted.set(key, { column, labels, good: under, total });
    }
  };
  if (question.fromRows) await takeIn([]);
  else {
    const rows = await readSpread(warehouse, question);
    for (const { column, labels, counts } of rows) {
      const key = keyOf({ column, labels });
      const { under, total } = shareUnder(counts, thresholdMs * 1000);
      counted.set(key, { column, labels, good: under, total });
      spreads.set(key, counts);
    }
    const few = Math.max(fewest, Math.min(fewerThan, mostRows / Math.max(1, rows.length)));
    const small = rows.filter(({ counts }) => totalOf(counts) <= few).map(({ column }) => column);
    if (small.length > 0 && question.isKeptRaw) await takeIn([...new Set(small)]);
  }
  return [...counted].flatMap(([key, one]) =>
    quantiles.map((quantile) => {
      const known = exact.get(key)?.get(quantile);
      const value = known ?? quantileOfBuckets(spreads.get(key) ?? new Map(), quantile);
      return { ...one, labels: [...one.labels, String(quantile)], value };
    }),
  );
}

function keyOf({ column, labels }: { column: number; labels: readonly string[] }): string {
  return JSON.stringify([column, labels]);
}
