import { senders } from '../fleet/senders.js';
import type { DemoInvocation, DemoOutcome } from '../simulate/invocation.js';

/** What the best receiver can know of a run from its traces. */
export type Shown = { startUs: number; durationUs: number; outcome: DemoOutcome; isCold: boolean };

/** Null when a run leaves no span: refused, ended by the platform, or lost on the way. */
export function shownOf(invocation: DemoInvocation): Shown | null {
  const facts = senders[invocation.function.sender];
  const { outcome, isLost, isCold, durationUs, skewUs } = invocation;
  // A throttled call never reaches the code that would tell of it.
  if (isLost || outcome === 'throttled') return null;
  if (outcome === 'timeout' && !facts.showsTimeout) return null;
  if (outcome === 'oom' && !facts.showsOom) return null;
  return {
    startUs: invocation.startUs + skewUs,
    durationUs,
    outcome: outcome === 'error' && !showsError(invocation) ? 'ok' : outcome,
    isCold: isCold && facts.showsCold,
  };
}

/** An answered 5xx is seen where the status is sent, a thrown error where the SDK records it. */
function showsError({ function: { sender, failsBy }, httpStatus }: DemoInvocation): boolean {
  const { showsThrown, showsHttpStatus } = senders[sender];
  if (httpStatus >= 500 && showsHttpStatus) return true;
  return failsBy === 'throwing' && showsThrown;
}
