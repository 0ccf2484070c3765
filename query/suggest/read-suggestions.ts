import { z } from 'zod';
import type { SuggestionKey } from '../../schemas/suggestions.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

// The rollup by hour holds every dimension and is small, so the rollup answers and nothing has to be kept for this alone.
const SQL = `
  SELECT
    topKWeighted(200)(toString(h.function), weight) AS function, topKWeighted(200)(toString(h.environment), weight) AS environment,
    topKWeighted(200)(toString(h.version), weight) AS version, topKWeighted(200)(toString(h.region), weight) AS region,
    topKWeighted(200)(toString(h.team), weight) AS team, topKWeighted(200)(toString(h.provider), weight) AS provider,
    topKWeighted(200)(toString(h.account), weight) AS account, topKWeighted(200)(toString(h.trigger), weight) AS trigger,
    (
      SELECT arraySort(groupUniqArray(200)(type)) FROM error_groups
      WHERE tenant = {tenant: String} AND last_seen >= {from: DateTime64(3, 'UTC')} AND first_seen < {to: DateTime64(3, 'UTC')}
    ) AS errorType
  FROM (
    SELECT h.function, h.environment, h.version, h.region, h.team, h.provider, h.account, h.trigger,
      toUInt64(greatest(sum(n), 0)) AS weight
    FROM invocations_1h AS h
    WHERE tenant = {tenant: String} AND hour >= toStartOfHour({from: DateTime64(3, 'UTC')}) AND hour < {to: DateTime64(3, 'UTC')}
      AND ({environment: Nullable(String)} IS NULL OR h.environment = {environment: Nullable(String)})
    GROUP BY ALL
  ) AS h`;

const values = z.array(z.string());
const Row = z.object({
  function: values,
  environment: values,
  version: values,
  region: values,
  team: values,
  provider: values,
  account: values,
  trigger: values,
  errorType: values,
}) satisfies z.ZodType<Record<SuggestionKey, string[]>>;

/** The most frequent values of every dimension in the hours the window touches, most frequent first. */
export async function readSuggestions(
  warehouse: TenantWarehouse,
  question: { from: Date; to: Date; environment: string | null },
  options?: StatementOptions,
): Promise<Record<SuggestionKey, string[]>> {
  const [row] = await warehouse.query(SQL, question, Row, options);
  if (row === undefined) throw new Error('An aggregate without groups answered no row');
  return row;
}
