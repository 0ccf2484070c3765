/** How many failures an address may make: `burst` at once, then one every `refillMs`. */
export type AttemptPolicy = {
  burst: number;
  refillMs: number;
  /** Addresses remembered; beyond it the one that failed longest ago is forgotten. */
  maxAddresses: number;
};

export const defaultAttemptPolicy: AttemptPolicy = { burst: 10, refillMs: 6_000, maxAddresses: 10_000 };

/**
 * A token bucket kept as one instant: when it will be full again. Each failure moves that `refillMs` further.
 * A clock set back must not lock an address out for longer than a full bucket takes.
 */
function fullAt(known: number | undefined, nowMs: number, { burst, refillMs }: AttemptPolicy): number {
  return Math.min(Math.max(known ?? nowMs, nowMs), nowMs + burst * refillMs);
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
  const fullAtMs = new Map<string, number>();
  const welcomed = new Map<string, true>();
  return {
    waitMs(address, nowMs) {
      const debtMs = fullAt(fullAtMs.get(address), nowMs, policy) - nowMs;
      return Math.max(0, debtMs - (policy.burst - 1) * policy.refillMs);
    },
    fail(address, nowMs) {
      const next = fullAt(fullAtMs.get(address), nowMs, policy) + policy.refillMs;
      remember(fullAtMs, address, next, policy.maxAddresses);
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
