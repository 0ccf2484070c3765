import type { ChartData, ChartSeries } from './chart-data.js';
import { type ChartScale, heightOf } from './chart-scale.js';

export type Size = { width: number; height: number };

/** Runs of points without a gap, in pixels from the top left. */
export type Run = { x: number; y: number }[];

/** A line through the middles of steps. With more steps than pixels, only the extremes of each pixel are kept. */
export function lineRuns({ values }: ChartSeries, scale: ChartScale, { width, height }: Size): Run[] {
  const runs: Run[] = [];
  let run: Run = [];
  const y = (value: number) => height - heightOf(value, scale) * height;
  const perPixel = values.length / Math.max(1, width);
  const keep = (x: number, value: number) => run.push({ x, y: y(value) });
  const end = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  if (perPixel <= 2) {
    for (const [index, value] of values.entries()) {
      if (value === null) end();
      else keep(((index + 0.5) / values.length) * width, value);
    }
    end();
    return runs;
  }
  for (let pixel = 0; pixel < width; pixel++) {
    let low: number | null = null;
    let high: number | null = null;
    const last = Math.min(values.length, Math.floor((pixel + 1) * perPixel));
    for (let index = Math.floor(pixel * perPixel); index < last; index++) {
      const value = values[index] ?? null;
      if (value === null) continue;
      low = low === null ? value : Math.min(low, value);
      high = high === null ? value : Math.max(high, value);
    }
    if (low === null || high === null) end();
    else {
      keep(pixel + 0.5, high);
      if (low !== high) keep(pixel + 0.5, low);
    }
  }
  end();
  return runs;
}

export type Bar = { x: number; y: number; width: number; height: number };

/** The bars of one series, each on those of the series before it. A single event must still be seen. */
export function barsOf(data: ChartData, key: string, scale: ChartScale, { width, height }: Size): Bar[] {
  const bars: Bar[] = [];
  const slot = width / Math.max(1, data.steps);
  const gap = slot >= 3 ? Math.min(slot * 0.14, 3) : 0;
  const stacked = data.series.filter(({ kind }) => kind === 'bar');
  for (let index = 0; index < data.steps; index++) {
    let below = 0;
    for (const one of stacked) {
      const value = one.values[index] ?? 0;
      if (value <= 0) continue;
      const bottom = heightOf(below, scale) * height;
      const barHeight = Math.max(1, heightOf(below + value, scale) * height - bottom);
      below += value;
      if (one.key === key)
        bars.push({
          x: index * slot,
          y: height - bottom - barHeight,
          width: slot - gap,
          height: barHeight,
        });
    }
  }
  return bars;
}
