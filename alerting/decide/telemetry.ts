const minuteMs = 60_000;

/** Silence is not told from idleness before a tenant was busy in so many minutes of a day. */
const fewestMinutes = 30;
const shortestSilenceMs = 10 * minuteMs;

export type TelemetryState = { isLost: boolean; lastMs: number | null; usualGapMs: number };

/**
 * Whether telemetry of a tenant is lost: nothing came for three times as long as the longest silence of the day before, and at
 * least ten minutes. Minutes are those in which anything ran, in order.
 */
export function telemetryState(busyMinutesS: readonly number[], atMs: number): TelemetryState {
  let usualGapMs = 0;
  for (const [index, minuteS] of busyMinutesS.entries())
    if (index > 0)
      usualGapMs = Math.max(usualGapMs, (minuteS - (busyMinutesS[index - 1] ?? minuteS)) * 1000 - minuteMs);
  const lastS = busyMinutesS.at(-1);
  if (lastS === undefined) return { isLost: false, lastMs: null, usualGapMs };
  const lastMs = lastS * 1000 + minuteMs;
  const silenceMs = atMs - lastMs;
  const isKnown = busyMinutesS.length >= fewestMinutes;
  return { isLost: isKnown && silenceMs > Math.max(shortestSilenceMs, 3 * usualGapMs), lastMs, usualGapMs };
}
