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
      label: stepMs >= dayMs ? dayText(at, timeZone) : clockTime(at, spanMs, timeZone),
      ratio: (at - fromMs) / spanMs,
    });
  // A label centred on the edge would hang out of the chart.
  return ticks.filter(({ ratio }) => ratio > 0.03 && ratio < 0.97);
}
