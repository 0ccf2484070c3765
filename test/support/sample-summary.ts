import type { FunctionSummary } from '../../schemas/functions.js';

/** A function where nothing stands out, to change what a test is about. */
export function sampleSummary(changes: Partial<FunctionSummary> = {}): FunctionSummary {
  const invocations = changes.invocations ?? 10;
  const bad = changes.bad ?? 0;
  return {
    function: 'sample',
    environment: 'prod',
    team: 'payments',
    provider: 'aws',
    region: 'eu-central-1',
    source: 'invocations',
    invocations,
    good: invocations - bad,
    bad,
    outcomes: { ok: invocations - bad, error: bad, timeout: 0, oom: 0, throttled: 0, rejected: 0 },
    successRatio: invocations === 0 ? null : (invocations - bad) / invocations,
    p50Ms: 10,
    p95Ms: 20,
    p99Ms: 30,
    coldStarts: 0,
    coldStartRatio: 0,
    throttles: null,
    throttleRatio: null,
    retries: null,
    duplicates: null,
    concurrencyMax: null,
    coverageRatio: null,
    costUsd: null,
    costPerMillionUsd: null,
    isCritical: false,
    seen: invocations,
    lastSeenAt: '2026-11-01T10:00:00.000Z',
    ...changes,
  };
}
