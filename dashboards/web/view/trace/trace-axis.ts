import { axisLabels, valueTicks } from '../chart/chart-scale.js';
import { formatDuration } from '../format-duration.js';

/** Labels at the far end would hang out. */
const lastRatio = 0.92;

/** Round times since a trace began, and how far apart they stand as a share of its length. */
export function traceAxis(lengthMs: number): {
  labels: { label: string; ratio: number }[];
  stepRatio: number;
} {
  if (lengthMs <= 0) return { labels: [{ label: formatDuration(0), ratio: 0 }], stepRatio: 1 };
  const scale = { least: 0, most: lengthMs };
  const [, second = lengthMs] = valueTicks(scale, 4);
  return {
    labels: axisLabels(scale, formatDuration)
      .map(({ tick, label }) => ({ label, ratio: tick / lengthMs }))
      .filter(({ ratio }) => ratio <= lastRatio),
    stepRatio: second / lengthMs,
  };
}
