import type { ChartData } from './chart-data.js';

export type ChartScale = { least: number; most: number };

/** The range of values a chart shows, out to whole ticks. Bars begin at zero; a flat line gets room above. */
export function chartScale({ series, lines, least, most }: ChartData): ChartScale {
  const stacks: number[] = [];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { kind, values } of series) {
    if (kind === 'bar') low = Math.min(low, 0);
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      const reached = kind === 'bar' ? (stacks[index] ?? 0) + value : value;
      if (kind === 'bar') stacks[index] = reached;
      low = Math.min(low, reached);
      high = Math.max(high, reached);
    }
  }
  for (const { value } of lines) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low)) return { least: least ?? 0, most: most ?? 1 };
  const bottom = least ?? low;
  const top = most ?? high;
  if (top <= bottom) return { least: bottom, most: bottom + (Math.abs(bottom) > 0 ? Math.abs(bottom) : 1) };
  let scale = { least: bottom, most: top };
  // A longer range may have longer steps between its ticks, which its ends then have to reach.
  for (let pass = 0; pass < 3; pass++) {
    const step = tickStep(scale, wantedTicks);
    scale = {
      least: least ?? Math.floor(bottom / step + 1e-9) * step,
      most: most ?? Math.ceil(top / step - 1e-9) * step,
    };
  }
  return scale;
}

/** Of every axis. */
const wantedTicks = 4;

const nice = [1, 2, 2.5, 5, 10];

/** Round values inside the scale, about `wanted` of them, lowest first. */
export function valueTicks({ least, most }: ChartScale, wanted: number): number[] {
  const step = tickStep({ least, most }, wanted);
  const ticks: number[] = [];
  for (let at = Math.ceil(least / step - 1e-9); at * step <= most + step * 1e-9; at++)
    ticks.push(at === 0 ? 0 : at * step);
  return ticks;
}

function tickStep({ least, most }: ChartScale, wanted: number): number {
  const rough = (most - least) / wanted;
  const size = 10 ** Math.floor(Math.log10(rough));
  return size * (nice.find((factor) => factor * size >= rough * 0.999) ?? 10);
}

/** Where a value stands: 0 at the bottom, 1 at the top; what lies outside is kept to the edge. */
export function heightOf(value: number, { least, most }: ChartScale): number {
  return Math.max(0, Math.min(1, (value - least) / (most - least)));
}

/** Ticks with their labels; of neighbours that read the same, such as halves of a count, only the exact one is kept. */
export function axisLabels(
  scale: ChartScale,
  format: (value: number) => string,
): { tick: number; label: string }[] {
  const labels: { tick: number; label: string }[] = [];
  for (const tick of valueTicks(scale, wantedTicks)) {
    const label = format(tick);
    if (labels.at(-1)?.label !== label) labels.push({ tick, label });
  }
  // Cents stay cents.
  return labels.some(({ label }) => label.includes('$')) ? labels : evenDecimals(labels);
}

/** 75.00 % beside 50.00 % says no more than 75 % beside 50 %: decimals that are zero on every tick are left out. */
function evenDecimals<Label extends { label: string }>(labels: readonly Label[]): Label[] {
  const decimals = /\.(\d+)/;
  const digitsOf = ({ label }: Label) => (decimals.exec(label)?.[1] ?? '').replace(/0+$/, '').length;
  const most = Math.max(0, ...labels.map(digitsOf));
  return labels.map((one) => ({
    ...one,
    label: one.label.replace(decimals, (_, digits: string) =>
      most === 0 ? '' : `.${digits.slice(0, most)}`,
    ),
  }));
}
