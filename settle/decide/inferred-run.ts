import type { RunFact, WorkFact } from './facts.js';
import { endNs } from './match-reports.js';
import { madeSpanId, type Row } from './row.js';

/**
 * The row of a run that logged and was never heard of again: taken for a time-out. It lasted for the function's timeout
 * where that is configured; otherwise only what was seen of it is claimed.
 */
export function inferredRun(works: readonly WorkFact[], timeoutMs: number | null): Row {
  const [first, ...others] = works;
  if (first === undefined) throw new Error('Nothing can be inferred from no work');
  let startedNs = first.startedNs;
  let lastNs = endNs(first);
  let environment = first.environment;
  for (const work of others) {
    if (work.startedNs < startedNs) startedNs = work.startedNs;
    if (endNs(work) > lastNs) lastNs = endNs(work);
    if (work.environment > environment) environment = work.environment;
  }
  const durationNs = timeoutMs === null ? Number(lastNs - startedNs) : timeoutMs * 1e6;
  const run: RunFact = {
    key: first.run,
    run: first.run,
    environment,
    startedNs,
    durationNs,
    spanId: madeSpanId(first.run, 'inferred'),
    outcome: 'timeout',
    errorType: '',
    errorMessage: 'No end was ever told of: taken for a time-out or a kill',
    cold: false,
    initNs: 0,
    memoryBytes: 0,
    memoryUsedBytes: 0,
    billedMs: Math.ceil(durationNs / 1e6),
    attempt: 1,
    deliveryId: '',
  };
  return {
    run,
    source: 'inferred',
    reported: false,
    made: { durationNs, invocationId: first.invocationId, deliveryId: '', report: null },
  };
}
