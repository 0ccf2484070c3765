import { type BilledRun, billedRun } from '../../schemas/cost/usage/billed-run.js';
import type { Billing } from '../../schemas/cost/usage/billing.js';
import type { Invocation } from '../classify/invocation.js';
import type { SpanFacts } from '../classify/span-facts.js';
import { billingOfRun, type UsageRules } from './usage-rules.js';

/** What a run puts on the bill, as the columns of its row have it; an empty rule means that nobody is known to bill it. */
export type Usage = BilledRun & { billing: Billing | '' };

const bytesPerMb = 1024 * 1024;
const usPerMs = 1000;
const unbilled: Usage = { billing: '', billedMs: 0, memoryMb: 0, cpuUs: 0, requestUnits: 0 };

/** The usage of one run, rounded by itself. */
export function usageOf(rules: UsageRules, run: Invocation, span: SpanFacts): Usage {
  const told = rules.of(run.function);
  const billing = billingOfRun(told, run);
  if (billing === null) return unbilled;
  const billed = billedRun(billing, {
    startedMs: span.startMs(),
    durationNs: span.durationNs(),
    initNs: run.initNs,
    memoryMb: Math.round(run.memoryBytes / bytesPerMb) || told.memoryMb,
    memoryUsedMb: run.memoryUsedBytes / bytesPerMb || told.memoryMb,
    cpuUs: cpuUs(span),
    isAsync: told.isAsync,
    payloadBytes: run.payloadBytes,
    isRefused: run.outcome === 'throttled' || run.outcome === 'rejected',
    // Nobody tells how a function is packaged, and since August 2025 it makes no difference.
    hadFreeInit: false,
  });
  return { billing, ...billed };
}

/** Workers tell their CPU time in milliseconds. */
function cpuUs({ attributes }: SpanFacts): number | null {
  const ms = attributes.number('cpu_time_ms') ?? attributes.number('cpu_time');
  return ms === null || ms < 0 || ms > 1e9 ? null : Math.round(ms * usPerMs);
}
