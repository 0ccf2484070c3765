/** How many failures an address may make: `burst` at once, then one every `refillMs`. */
export type AttemptPolicy = {
  burst: number;
  refillMs: number;
  /** Addresses remembered; beyond it the one that failed longest ago is forgotten. */
  maxAddresses: number;
};

export const defaultAttemptPolicy: AttemptPolicy = { burst: 10, refillMs: 6_000, maxAddresses: 10_000 };

type Bucket = { tokens: number; atMs: number };

/** What is left at `nowMs` of a bucket that was last touched before. */
export function refilled(bucket: Bucket, nowMs: number, policy: AttemptPolicy): number {
  const gained = Math.max(0, nowMs - bucket.atMs) / policy.refillMs;
  return Math.min(policy.burst, bucket.tokens + gained);
}

/** Counts failed attempts per address with a token bucket. Successes cost nothing. */
export interface FailedAttempts {
  /** 0 when the address may try; else how long it must wait. */
  waitMs(address: string, nowMs: number): number;
  fail(address: string, nowMs: number): void;
  /** Remembers that this key works from this address. */
  welcome(address: string, keyId: string): void;
  /** True for a key that worked from this address before: a stranger's guesses behind the same proxy do not stop it. */
  isWelcome(address: string, keyId: string): boolean;
}

export function createFailedAttempts(policy: AttemptPolicy): FailedAttempts {
  const buckets = new Map<string, Bucket>();
  const welcomed = new Map<string, true>();
  const tokensOf = (address: string, nowMs: number) => {
    const bucket = buckets.get(address);
    return bucket === undefined ? policy.burst : refilled(bucket, nowMs, policy);
  };
  return {
    waitMs(address, nowMs) {
      const tokens = tokensOf(address, nowMs);
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * policy.refillMs);
    },
    fail(address, nowMs) {
      const tokens = Math.max(0, tokensOf(address, nowMs) - 1);
      remember(buckets, address, { tokens, atMs: nowMs }, policy.maxAddresses);
    },
    welcome(address, keyId) {
      remember(welcomed, `${address} ${keyId}`, true, policy.maxAddresses);
    },
    isWelcome: (address, keyId) => welcomed.has(`${address} ${keyId}`),
  };
}

/** A Map keeps the order of insertion, so its first entry is the one touched longest ago. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value, maxEntries: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= maxEntries) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
