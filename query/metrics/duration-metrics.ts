/**
 * Histograms that have one value for each invocation, best first. A function that sends several is counted by the first only:
 * they tell of the same runs.
 */
export const durationMetrics: readonly string[] = [
  'faas.invoke_duration',
  'kn.serving.invocation.duration',
  'http.server.request.duration',
];

/** Microseconds in a unit of a duration; OpenTelemetry's own is the second. */
export function usPerUnit(unit: string): number {
  const known: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };
  return known[unit] ?? 1e6;
}
