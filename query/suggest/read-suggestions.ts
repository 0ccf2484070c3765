import { z } from 'zod';
import type { SuggestionKey } from '../../schemas/suggestions.js';
import type { StatementOptions, TenantWarehouse } from '../../warehouse/warehouse.js';

const SQL = `
  SELECT
    topKMerge(200)(function) AS function, topKMerge(200)(version) AS version, topKMerge(200)(region) AS region,
    topKMerge(200)(team) AS team, topKMerge(200)(provider) AS provider, topKMerge(200)(account) AS account,
    topKMerge(200)(trigger) AS trigger, topKMerge(200)(error_type) AS errorType, topKMerge(200)(product) AS product,
    topKMerge(200)(feature) AS feature, topKMerge(200)(customer) AS customer,
    arrayMap(status -> toString(status), topKMerge(200)(http_status)) AS httpStatus,
    arraySort(groupUniqArray(200)(toString(of_day.environment))) AS environment
  FROM suggestions_1d AS of_day
  WHERE tenant = {tenant: String} AND day >= toDate({from: DateTime64(3, 'UTC')}) AND day <= toDate({to: DateTime64(3, 'UTC')})
    AND ({environment: Nullable(String)} IS NULL OR of_day.environment = {environment: Nullable(String)})`;

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
  product: values,
  feature: values,
  customer: values,
  httpStatus: values,
}) satisfies z.ZodType<Record<SuggestionKey, string[]>>;

/** The most frequent values of every dimension in the days the window touches, most frequent first. */
export async function readSuggestions(
  warehouse: TenantWarehouse,
  question: { from: Date; to: Date; environment: string | null },
  options?: StatementOptions,
): Promise<Record<SuggestionKey, string[]>> {
  const [row] = await warehouse.query(SQL, question, Row, options);
  if (row === undefined) throw new Error('An aggregate without groups answered no row');
  return row;
}
