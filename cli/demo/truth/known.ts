import { isReported, reportedUs } from '../send/lambda-reports.js';
import type { DemoInvocation, DemoOutcome } from '../simulate/invocation.js';
import { billedMs } from './billed-units.js';
import { type Shown, shownOf } from './shown.js';

/** What the best receiver can know of a run once the platform's reports have come too. */
export type Known = Shown & {
  isReported: boolean;
  /** As the platform bills it; 0 without a report. */
  billedMs: number;
};

/** Null when nothing tells of a run: refused, lost on the way, or ended by a platform that keeps no record. */
export function knownOf(invocation: DemoInvocation): Known | null {
  const shown = shownOf(invocation);
  if (!isReported(invocation)) return shown === null ? null : { ...shown, isReported: false, billedMs: 0 };
  const { startUs, durationUs, isCold } = invocation;
  const told = { isReported: true, billedMs: billedMs(invocation), isCold };
  const outcome = reportedOutcome(invocation);
  // By the platform's clock, which is right, and as finely as its line tells.
  if (shown === null) return { ...told, outcome, startUs, durationUs: reportedUs(durationUs) };
  return { ...shown, ...told, outcome: outcome === 'ok' ? shown.outcome : outcome };
}

/** A handler that answered 5xx went well, as far as Lambda can see. */
function reportedOutcome({ outcome, function: { failsBy } }: DemoInvocation): DemoOutcome {
  return outcome === 'error' && failsBy === 'answering' ? 'ok' : outcome;
}
