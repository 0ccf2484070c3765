/** The numbers are those of the `outcome` column. */
export const outcomes = { ok: 0, error: 1, timeout: 2, oom: 3, throttled: 4, rejected: 5 } as const;
export type Outcome = keyof typeof outcomes;

/**
 * What classification adds to a span that is an invocation, as in the table: unknown texts are '', unknown numbers 0, and
 * null where 0 would be an answer.
 */
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
  arch: string;
  instance: string;
  trigger: string;
  memoryBytes: number;
  memoryUsedBytes: number;
  httpStatus: number;
  errorType: string;
  errorMessage: string;
  invocationId: string;
  /** Idempotency key or message id: the same for every delivery of one event. */
  deliveryId: string;
  /** From the event to the start of the run. */
  eventAgeMs: number | null;
  payloadBytes: number | null;
  product: string;
  feature: string;
  customer: string;
  /** Further configured keys to share cost by. */
  tags: ReadonlyMap<string, string>;
  /** How many invocations this one stands for. */
  weight: number;
};
