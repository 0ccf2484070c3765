import { build, type Histogram } from 'hdr-histogram-js';
import type { Labels, MetricFamily, Sample } from './metric-family.js';

/** Quantiles cover the last one to two of these, so an old slow start does not colour today's figures. */
const windowMs = 5 * 60_000;
const quantiles = [0.5, 0.95, 0.99];
/** One hour in microseconds: a longer wait is recorded as an hour. */
const highestMicros = 3_600_000_000;

type Series = {
  labels: Labels;
  current: Histogram;
  previous: Histogram;
  currentSince: number;
  count: number;
  sumMs: number;
};

export type LatencyRecorder = {
  record: (labels: Labels, durationMs: number) => void;
  family: () => MetricFamily;
};

/** Durations as a Prometheus summary in seconds; two significant digits, about 1 % relative error. */
export function createLatencyRecorder(name: string, help: string, nowMs: () => number): LatencyRecorder {
  const seriesByKey = new Map<string, Series>();

  const rotate = (series: Series): void => {
    const ageMs = nowMs() - series.currentSince;
    if (ageMs < windowMs) return;
    const kept = ageMs < 2 * windowMs ? series.current : null;
    series.current = series.previous;
    series.current.reset();
    series.previous = kept ?? newHistogram();
    series.currentSince = nowMs();
  };

  return {
    record: (labels, durationMs) => {
      const key = JSON.stringify(labels);
      let series = seriesByKey.get(key);
      if (series === undefined) {
        series = {
          labels,
          current: newHistogram(),
          previous: newHistogram(),
          currentSince: nowMs(),
          count: 0,
          sumMs: 0,
        };
        seriesByKey.set(key, series);
      }
      rotate(series);
      const boundedMs = Math.max(0, durationMs);
      series.current.recordValue(Math.min(highestMicros, Math.max(1, Math.round(boundedMs * 1000))));
      series.count += 1;
      series.sumMs += boundedMs;
    },
    family: () => ({
      name,
      help,
      type: 'summary',
      samples: [...seriesByKey.values()].flatMap((series): Sample[] => {
        rotate(series);
        return [
          ...quantileSamples(series),
          { labels: series.labels, value: series.sumMs / 1000, suffix: '_sum' },
          { labels: series.labels, value: series.count, suffix: '_count' },
        ];
      }),
    }),
  };
}

function quantileSamples({ labels, current, previous }: Series): Sample[] {
  const merged = newHistogram();
  merged.add(current);
  merged.add(previous);
  if (merged.totalCount === 0) return [];
  return quantiles.map((quantile) => ({
    labels: { ...labels, quantile: String(quantile) },
    value: merged.getValueAtPercentile(quantile * 100) / 1_000_000,
  }));
}

function newHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicros,
    numberOfSignificantValueDigits: 2,
  });
}
