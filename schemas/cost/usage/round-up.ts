/** How many started steps a duration has. Remainders of whole numbers are exact, quotients are not. */
function startedSteps(ns: number, stepNs: number): number {
  const rest = ns % stepNs;
  return rest === 0 ? ns / stepNs : (ns - rest) / stepNs + 1;
}

const nsPerMs = 1e6;

/** A duration rounded up to whole steps, in milliseconds; never below `leastMs`. */
export function roundUpMs(ns: number, stepMs: number, leastMs = 0): number {
  return Math.max(leastMs, startedSteps(Math.max(0, ns), stepMs * nsPerMs) * stepMs);
}
