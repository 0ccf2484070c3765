import { addCounts, type Counts, noCounts } from './counting/counts.js';
import { type Accepted, type BadPayload, type TenantCounts, TenantLedger } from './counting/tenant-ledger.js';
import type { RequestRefusal } from './http/otlp-refusal.js';

/** Of all tenants together; `requests` counts those that ended in any way. */
export type IngestCounts = Counts & { requests: number };

/** Everything that was taken and everything that was not, with the reason, of each tenant. */
export class IngestCounters {
  #requests = 0;
  readonly #tenants = new Map<string, TenantLedger>();
  /** Requests refused before it was known for whom they were. */
  readonly #strangers = new TenantLedger();

  arrived(): void {
    this.#requests++;
  }

  accepted(accepted: Accepted): void {
    this.#of(accepted.tenant).accepted(accepted);
  }

  /** `tenant` is null as long as nobody knows who sends. */
  refused(reason: RequestRefusal, tenant: string | null): void {
    (tenant === null ? this.#strangers : this.#of(tenant)).refused(reason);
  }

  duplicate(tenant: string): void {
    this.#of(tenant).duplicate();
  }

  badPayload(tenant: string, payload: BadPayload): void {
    this.#of(tenant).badPayload(payload);
  }

  /** All tenants together. */
  snapshot(): IngestCounts {
    const total = noCounts();
    for (const ledger of [this.#strangers, ...this.#tenants.values()]) addCounts(total, ledger.counts);
    return { ...total, requests: this.#requests };
  }

  /** One tenant alone. */
  ofTenant(tenant: string, nowMs: number): TenantCounts {
    return (this.#tenants.get(tenant) ?? new TenantLedger()).shown(nowMs);
  }

  /** Tenants come from keys, so there are not more of them than an admin made. */
  #of(tenant: string): TenantLedger {
    let ledger = this.#tenants.get(tenant);
    if (ledger === undefined) {
      ledger = new TenantLedger();
      this.#tenants.set(tenant, ledger);
    }
    return ledger;
  }
}
