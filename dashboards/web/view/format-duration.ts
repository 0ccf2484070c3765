import { scaled, unitSpace, unknown } from './figure.js';

/** Milliseconds as a person reads them: 0.42 ms · 84.1 ms · 1.24 s · 2 min 05 s · 1 h 12 min. */
export function formatDuration(durationMs: number | null): string {
  if (durationMs === null) return unknown;
  if (durationMs === 0) return `0${unitSpace}ms`;
  if (durationMs < 0.005) return `<0.01${unitSpace}ms`;
  const seconds = Math.round(durationMs / 1000);
  if (durationMs < 59_950)
    return scaled(durationMs, [
      { unit: 'ms', size: 1 },
      { unit: 's', size: 1000 },
    ]);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large}${unitSpace}${largeUnit} ${String(small).padStart(2, '0')}${unitSpace}${smallUnit}`;
}
