import { z } from 'zod';
import { IN_ROWS } from '../window/part-sql.js';
import { COLUMN, OF_ROWS, ROW_LABELS } from './dimension-sql.js';
import { rowDimensions } from './dimensions.js';
import { paramsOf } from './read-sums.js';
import type { Sli } from './sli.js';

const SQL = `
  SELECT ${COLUMN}, labels, sum(weighed) AS total, sumIf(weighed, NOT denied) AS good
  FROM (
    SELECT toUnixTimestamp64Milli(started_at) AS at_ms, ${ROW_LABELS}, sign * weight AS weighed,
      outcome = 'rejected' OR http_status IN (401, 403) AS denied
    FROM invocations WHERE ${IN_ROWS} AND ${OF_ROWS}
  )
  GROUP BY column, labels
  ORDER BY column, labels
  LIMIT {most: UInt32}` as const;

const Row = z.object({
  column: z.coerce.number(),
  labels: z.array(z.string()),
  total: z.number(),
  good: z.number(),
});

/** Rollups do not keep HTTP statuses, so this is asked of the rows. */
export const authFailure: Sli = {
  unit: 'ratio',
  says: 'neither rejected nor answered 401 or 403, of all',
  dimensions: [],
  rowDimensions,
  kept: 'rows',
  takes: ['coldStarts'],
  adds: true,
  read: async (warehouse, question) => await warehouse.query(SQL, paramsOf(question), Row),
};
