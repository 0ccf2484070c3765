/** A limit of 0 is none. */
export type RateLimits = { readonly requestsPerSecond: number; readonly bytesPerSecond: number };

/** So much of a limit may come at once after a pause. */
const burstSeconds = 10;

type Bucket = { requests: number; bytes: number; atMs: number };

/**
 * How much each tenant may still send. Sizes are known only after a body was read, so bytes are taken afterwards and may
 * leave a debt, which the next request waits for.
 */
export class TenantRates {
  readonly #limits: RateLimits;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Takes one request; answers 0, or after how many seconds another try is worth it. */
  waitSeconds(tenant: string, nowMs: number): number {
    const { requestsPerSecond, bytesPerSecond } = this.#limits;
    const bucket = this.#filled(tenant, nowMs);
    const forRequests = requestsPerSecond === 0 ? 0 : (1 - bucket.requests) / requestsPerSecond;
    const forBytes = bytesPerSecond === 0 ? 0 : -bucket.bytes / bytesPerSecond;
    const seconds = Math.max(0, forRequests, forBytes);
    if (seconds === 0) bucket.requests--;
    return seconds;
  }

  tookBytes(tenant: string, bytes: number, nowMs: number): void {
    this.#filled(tenant, nowMs).bytes -= bytes;
  }

  #filled(tenant: string, nowMs: number): Bucket {
    const { requestsPerSecond, bytesPerSecond } = this.#limits;
    const full = { requests: requestsPerSecond * burstSeconds, bytes: bytesPerSecond * burstSeconds };
    const bucket = this.#buckets.get(tenant) ?? { ...full, atMs: nowMs };
    this.#buckets.set(tenant, bucket);
    const seconds = Math.max(0, nowMs - bucket.atMs) / 1000;
    bucket.requests = Math.min(full.requests, bucket.requests + seconds * requestsPerSecond);
    bucket.bytes = Math.min(full.bytes, bucket.bytes + seconds * bytesPerSecond);
    bucket.atMs = Math.max(bucket.atMs, nowMs);
    return bucket;
  }
}
