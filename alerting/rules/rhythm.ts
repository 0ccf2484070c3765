const minuteMs = 60_000;
const fewestGaps = 20;
/** Of gaps that must be as long as the median. */
const alikeRatio = 0.9;
/** From ten minutes on a gap may be a tenth longer or shorter; below, traffic could pass for clockwork. */
const slackFromMs = 10 * minuteMs;
const slackRatio = 0.1;

/**
 * How often something ran that ran like clockwork, such as a function that a scheduler calls over HTTP; null when it did not.
 * `minutesS` are those in which it ran, in order; `runs` all its runs.
 */
export function clockworkMs(minutesS: readonly number[], runs: number): number | null {
  const gapsMs = minutesS.slice(1).map((minuteS, index) => (minuteS - (minutesS[index] ?? minuteS)) * 1000);
  if (gapsMs.length < fewestGaps || runs > 1.1 * minutesS.length) return null;
  const medianMs = [...gapsMs].sort((one, other) => one - other)[Math.floor(gapsMs.length / 2)] ?? 0;
  const slackMs = medianMs < slackFromMs ? 0 : slackRatio * medianMs;
  const alike = gapsMs.filter((gapMs) => Math.abs(gapMs - medianMs) <= slackMs).length;
  return alike >= alikeRatio * gapsMs.length ? medianMs : null;
}
