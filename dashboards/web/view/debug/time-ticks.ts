import { clockTime, dayText } from '../clock-time.js';

const dayMs = 86_400_000;
const stepsMs = [
  1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
].map((seconds) => seconds * 1000);

export type Tick = { label: string; ratio: number };

/** At most `most` round times inside [fromMs, toMs), and where they stand as a share of it. */
export function timeTicks(fromMs: number, toMs: number, most: number, timeZone?: string): Tick[] {
  const spanMs = toMs - fromMs;
  const stepMs = stepsMs.find((step) => spanMs / step <= most) ?? Math.ceil(spanMs / most / dayMs) * dayMs;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(fromMs / stepMs) * stepMs; at < toMs; at += stepMs)
    ticks.push({
      label: tickText(at, stepMs, spanMs, timeZone),
      ratio: (at - fromMs) / spanMs,
    });
  // A label centred on the edge would hang out of the chart.
  return ticks.filter(({ ratio }) => ratio > 0.03 && ratio < 0.97);
}

/** The day where one begins, the time of day elsewhere: dates on every tick would run into each other. */
function tickText(at: number, stepMs: number, spanMs: number, timeZone?: string): string {
  if (stepMs >= dayMs) return dayText(at, timeZone);
  const text = clockTime(at, Math.min(spanMs, dayMs), timeZone);
  return text === '00:00' && spanMs > dayMs ? dayText(at, timeZone) : text;
}
