import type { DemoFunction } from '../fleet/demo-function.js';
import { type Billing, senders } from '../fleet/senders.js';
import type { Place } from './place.js';

type BilledBy = Pick<
  Place,
  'billing' | 'bill_step_ms' | 'bill_least_ms' | 'bill_starts' | 'bill_memory_mb' | 'bill_cpu' | 'bill_units'
>;

/** How ingest makes usage of a run (schemas/cost/usage/billed-run.ts), as figures the engine multiplies; a test compares both. */
export function billedBy({ sender, memoryMb }: DemoFunction): BilledBy {
  const { billing } = senders[sender];
  const isWorker = billing === 'cloudflare';
  return {
    billing,
    bill_step_ms: stepMs[billing],
    bill_least_ms: billing === 'azure-consumption' ? 100 : 0,
    bill_starts: billing === 'aws-lambda',
    bill_memory_mb:
      billing === 'azure-consumption'
        ? Math.min(1536, Math.ceil(memoryMb / 128) * 128)
        : isWorker
          ? 0
          : memoryMb,
    bill_cpu: isWorker,
    bill_units: billing === 'self-hosted' ? 0 : 1,
  };
}

/** Up to which milliseconds are rounded; 0: time is on no bill. */
const stepMs: Readonly<Record<Billing, number>> = {
  'aws-lambda': 1,
  'gcp-gen1': 100,
  'gcp-run': 100,
  'azure-consumption': 1,
  cloudflare: 0,
  'self-hosted': 1,
};
