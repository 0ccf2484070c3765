import { z } from 'zod';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';
import { IN_HOURS, IN_MINUTES, IN_ROWS } from '../window/part-sql.js';
import { windowParts } from '../window/window-parts.js';

const SQL = `
  SELECT
    arraySort(groupUniqArray(200)(environment)) AS environments,
    arraySort(groupUniqArray(200)(team)) AS teams
  FROM (
    SELECT environment, team FROM invocations_1h WHERE ${IN_HOURS} GROUP BY environment, team
    UNION ALL
    SELECT environment, team FROM invocations_1m WHERE ${IN_MINUTES} GROUP BY environment, team
    UNION ALL
    SELECT environment, team FROM invocations WHERE ${IN_ROWS} GROUP BY environment, team
  )` as const;

const Row = z.object({ environments: z.array(z.string()), teams: z.array(z.string()) });
export type Facets = z.infer<typeof Row>;

/** What the window [from, to) can be filtered by; both lists are empty when it holds no invocation. */
export async function readFacets(
  warehouse: TenantWarehouse,
  window: { from: Date; to: Date },
  now: Date,
  options?: StatementOptions,
): Promise<Facets> {
  const [row] = await warehouse.query(SQL, windowParts(window, now), Row, options);
  return row ?? { environments: [], teams: [] };
}
