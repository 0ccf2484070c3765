import type { Arrival } from './arrival.js';
import type { DemoInvocation } from './invocation.js';
import { limitTime } from './run-once.js';

export type Made = { invocation: DemoInvocation; caller: Arrival['caller'] };

/** What the network adds to the answer of a called function. */
const answerUs = 1_500;

/** Lets callers wait for those they called, the innermost first, and fail with them; then gives everybody a status. */
export function settleCalls(made: readonly Made[]): void {
  const waits = new Map<DemoInvocation, number>();
  for (let at = made.length - 1; at >= 0; at--) {
    const one = made[at];
    if (one === undefined) continue;
    const { invocation, caller } = one;
    const waitedUs = waits.get(invocation) ?? 0;
    invocation.durationUs += waitedUs;
    limitTime(invocation);
    invocation.httpStatus = statusOf(invocation);
    if (caller === null) continue;
    const { outgoing } = caller;
    outgoing.durationUs = invocation.startUs + invocation.durationUs + answerUs - outgoing.startUs;
    // Calls of one run go out together: it waits for the slowest.
    waits.set(caller.invocation, Math.max(waits.get(caller.invocation) ?? 0, outgoing.durationUs));
    if (invocation.outcome === 'ok') continue;
    outgoing.failed = true;
    if (caller.invocation.outcome !== 'ok') continue;
    caller.invocation.outcome = 'error';
    caller.invocation.errorType = 'UpstreamError';
    caller.invocation.errorMessage = `${invocation.function.name} answered ${invocation.httpStatus}`;
  }
}

function statusOf({ function: { trigger, failsBy }, outcome }: DemoInvocation): number {
  if (trigger !== 'http') return 0;
  switch (outcome) {
    case 'ok':
      return 200;
    case 'throttled':
      return 429;
    case 'timeout':
      return 504;
    case 'oom':
      return 502;
    case 'error':
      return failsBy === 'answering' ? 503 : 500;
  }
}
