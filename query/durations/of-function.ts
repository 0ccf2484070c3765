/** Whose durations: one function, and of it what the dimensions keep; null keeps all. */
export type OfFunction = {
  function: string;
  environment: string | null;
  version: string | null;
  region: string | null;
  cold: boolean | null;
  failed: boolean | null;
};

/** The same as a condition on latency_1m, latency_1h and latency_1d. */
export const OF_FUNCTION = `
  function = {function: String}
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
  AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})
  AND ({cold: Nullable(Bool)} IS NULL OR cold = {cold: Nullable(Bool)})
  AND ({failed: Nullable(Bool)} IS NULL OR failed = {failed: Nullable(Bool)})` as const;

/** The same on single rows: only what ran has a duration. */
export const ROWS_OF_FUNCTION = `
  outcome NOT IN ('throttled', 'rejected')
  AND function = {function: String}
  AND ({environment: Nullable(String)} IS NULL OR environment = {environment: Nullable(String)})
  AND ({version: Nullable(String)} IS NULL OR version = {version: Nullable(String)})
  AND ({region: Nullable(String)} IS NULL OR region = {region: Nullable(String)})
  AND ({cold: Nullable(Bool)} IS NULL OR cold = {cold: Nullable(Bool)})
  AND ({failed: Nullable(Bool)} IS NULL OR (outcome != 'ok') = {failed: Nullable(Bool)})` as const;
