/** The numbers are those of the `outcome` column. */
export const outcomes = { ok: 0, error: 1, timeout: 2, oom: 3, throttled: 4, rejected: 5 } as const;
export type Outcome = keyof typeof outcomes;

/** What classification adds to a span that is an invocation. Unknown texts are '', unknown numbers 0, as in the table. */
export type Invocation = {
  environment: string;
  function: string;
  outcome: Outcome;
  cold: boolean;
  initNs: number;
  provider: string;
  platform: string;
  region: string;
  account: string;
  team: string;
  version: string;
  alias: string;
  instance: string;
  trigger: string;
  memoryBytes: number;
  httpStatus: number;
  errorType: string;
  errorMessage: string;
  invocationId: string;
};
