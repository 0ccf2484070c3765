import { z } from 'zod';
import { COLUMN } from './dimension-sql.js';
import type { Dimension } from './dimensions.js';
import { quantileOfValues } from './quantile-of.js';
import { paramsOf } from './read-sums.js';
import type { Sli } from './sli.js';

const dimensions = [
  'function',
  'environment',
  'team',
  'provider',
  'region',
] as const satisfies readonly Dimension[];

// An event written twice bears the same id and counts once. An incident counts in the step it fired in; one that is open
// counts as soon as it has been open for too long.
const SQL = `
  SELECT ${COLUMN}, labels, countIf(is_over OR open_ms >= {thresholdMs: Float64}) AS total,
    countIf(is_over AND open_ms < {thresholdMs: Float64}) AS good,
    arraySort(groupArrayIf(10000)(open_ms, is_over)) AS times
  FROM (
    SELECT incident, toUnixTimestamp64Milli(minIf(e.at, kind = 'fired')) AS at_ms,
      argMaxIf(kind, (e.at, sequence), kind IN ('fired', 'reopened', 'resolved')) = 'resolved' AS is_over,
      if(is_over, toUnixTimestamp64Milli(maxIf(e.at, kind = 'resolved')), {nowMs: Int64}) - at_ms AS open_ms,
      argMinIf(body, (e.at, sequence), kind = 'fired') AS first,
      arrayMap(name -> JSONExtractString(first, 'labels', name), {groupBy: Array(String)}) AS labels
    FROM (
      SELECT incident, event_id, any(i.kind) AS kind, any(i.sequence) AS sequence, any(i.at) AS at, any(i.body) AS body
      FROM incident_events AS i
      WHERE tenant = {tenant: String} AND i.at >= {from: DateTime64(3, 'UTC')} - toIntervalDay(1)
      GROUP BY incident, event_id
    ) AS e
    GROUP BY incident
    HAVING countIf(kind = 'fired') > 0
      AND at_ms >= toUnixTimestamp64Milli({from: DateTime64(3, 'UTC')}) AND at_ms < toUnixTimestamp64Milli({to: DateTime64(3, 'UTC')})
      AND arrayAll((name, wanted) -> JSONExtractString(first, 'labels', name) = wanted, {names: Array(String)}, {wanted: Array(String)})
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const count = z.coerce.number();
const Row = z.object({
  column: count,
  labels: z.array(z.string()),
  total: count,
  good: count,
  times: z.array(count),
});

/** From when an incident fired to when it was over; one that was reopened was not over before. */
export const timeToRemediation: Sli = {
  unit: 'ms',
  says: 'incidents that were over within `thresholdMs` of firing, of all that are over or open for longer; the value is the mean, or percentiles, of those that are over',
  dimensions,
  rowDimensions: null,
  kept: 'sums',
  takes: ['thresholdMs', 'quantiles'],
  defaultThresholdMs: 3_600_000,
  adds: false,
  read: async (warehouse, question) => {
    const kept = dimensions.flatMap((name) => {
      const value = question[name];
      return value === null ? [] : [{ name, value }];
    });
    const params = {
      ...paramsOf(question),
      thresholdMs: question.thresholdMs,
      nowMs: question.now.getTime(),
      names: kept.map(({ name }) => name),
      wanted: kept.map(({ value }) => value),
    };
    const rows = await warehouse.query(SQL, params, Row);
    return rows.flatMap(({ times, ...row }) => {
      if (question.quantiles.length === 0) {
        const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
        return [{ ...row, value: times.length === 0 ? null : mean }];
      }
      const values = times.map((ms) => [ms, 1] as const);
      return question.quantiles.map((quantile) => ({
        ...row,
        labels: [...row.labels, String(quantile)],
        value: quantileOfValues(values, quantile),
      }));
    });
  },
};
