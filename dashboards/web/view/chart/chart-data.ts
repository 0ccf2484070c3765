/** Names of colours in `styles/tokens.css`, without the dashes. */
export type ChartColor =
  | 'series-good'
  | 'bad'
  | 'warn'
  | 'accent'
  | 'throttled'
  | 'heat-warm'
  | 'heat-cold'
  | 'text-3'
  | 'cat-1'
  | 'cat-2'
  | 'cat-3'
  | 'cat-4'
  | 'cat-5'
  | 'cat-6'
  | 'cat-7';

export type ChartSeries = {
  key: string;
  label: string;
  color: ChartColor;
  /** Bars stand on each other; lines and areas do not. */
  kind: 'line' | 'area' | 'bar';
  /** One for each step; null where nothing is known. */
  values: readonly (number | null)[];
};

/** Something that happened at one instant, such as a deployment. */
export type ChartMark = { atMs: number; label: string; href: string | null };

/** A height worth knowing, such as a threshold. */
export type ChartLine = { value: number; label: string; color: ChartColor };

/** Steps of equal length over time, value `i` of a series covers [fromMs + i × stepMs, + stepMs). */
export type ChartData = {
  fromMs: number;
  stepMs: number;
  steps: number;
  series: readonly ChartSeries[];
  /** How a value is written, on the axis and in words. */
  format: (value: number) => string;
  /** Null: as high, or as low, as the values go. */
  least: number | null;
  most: number | null;
  lines: readonly ChartLine[];
  marks: readonly ChartMark[];
};

/** What is to be known about figures that are there: said beside the title, never left out. */
export type ChartNote = { kind: 'partial' | 'sampled' | 'arriving' | 'stale'; text: string };

export function chartSpan({ fromMs, stepMs, steps }: Pick<ChartData, 'fromMs' | 'stepMs' | 'steps'>): {
  fromMs: number;
  toMs: number;
} {
  return { fromMs, toMs: fromMs + steps * stepMs };
}

/** True when no series tells anything at all: a chart of that would only look like zero. */
export function isEmptyChart({ series }: Pick<ChartData, 'series'>): boolean {
  return series.every(({ values }) => values.every((value) => value === null));
}
