import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import { quantileOfBuckets, quantileOfValues } from './quantile-of.js';
import { type Measure, type MeasuredRow, mostValues, readMeasured } from './read-measured.js';
import type { Counted, SliQuestion } from './sli.js';

/** Values of single rows: quantiles as series of their own when any are asked for, else the mean. */
export async function countMeasured(
  warehouse: TenantWarehouse,
  question: SliQuestion,
  measure: Measure,
): Promise<Counted[]> {
  const rows = await readMeasured(warehouse, { ...question, measure, columns: [] });
  return rows.flatMap((row) => {
    const counts = { column: row.column, good: row.under, total: row.total, coldBad: row.cold_over };
    if (question.quantiles.length === 0)
      return [{ ...counts, labels: row.labels, value: row.sum_ns / row.total / 1e6 }];
    return question.quantiles.map((quantile) => ({
      ...counts,
      labels: [...row.labels, String(quantile)],
      value: measuredQuantileMs(row, quantile),
    }));
  });
}

/** Exact while all different values are known, else within half a bucket. */
export function measuredQuantileMs(
  row: Pick<MeasuredRow, 'different' | 'some' | 'counts'>,
  quantile: number,
): number | null {
  if (row.different > mostValues) return quantileOfBuckets(new Map(row.counts), quantile);
  const valueNs = quantileOfValues(row.some, quantile);
  return valueNs === null ? null : valueNs / 1e6;
}
