import type { BusinessSettings } from '../../schemas/config/business.js';
import { namePattern } from '../name-pattern.js';

export type RunValues = {
  /** Dollars one run is worth by the settings; null when no entry names the function. */
  usdOf: (functionName: string, environment: string) => string | null;
  isCritical: (functionName: string, environment: string) => boolean;
  isValued: boolean;
};

/** What runs are worth, and which functions the business cannot do without, as the settings say. */
export function runValues({ values, valueAttribute, critical }: BusinessSettings): RunValues {
  const compiled = values.map((entry) => ({ entry, patterns: entry.functions.map(namePattern) }));
  const named = critical.map(namePattern);
  const usdOf = (name: string, environment: string) =>
    compiled.find(
      ({ entry, patterns }) =>
        (entry.environment === undefined || entry.environment === environment) &&
        patterns.some((pattern) => pattern.test(name)),
    )?.entry.usd ?? null;
  return {
    usdOf,
    isCritical: (name, environment) =>
      named.length > 0 ? named.some((pattern) => pattern.test(name)) : usdOf(name, environment) !== null,
    isValued: values.length > 0 || valueAttribute !== null,
  };
}

/** Where nothing is said of what runs are worth. */
export const noBusiness: BusinessSettings = { values: [], valueAttribute: null, critical: [] };
