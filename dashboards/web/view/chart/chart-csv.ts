import type { ChartData } from './chart-data.js';

/** The chart as a table: one row for each step, times in UTC, a gap where nothing is known. */
export function chartCsv({ fromMs, stepMs, steps, series }: ChartData): string {
  const head = ['from', 'to', ...series.map(({ label }) => label)];
  const rows = Array.from({ length: steps }, (_, index) => [
    new Date(fromMs + index * stepMs).toISOString(),
    new Date(fromMs + (index + 1) * stepMs).toISOString(),
    ...series.map(({ values }) => values[index] ?? ''),
  ]);
  return csvText([head, ...rows]);
}

/** RFC 4180, with names that a spreadsheet would run as a formula made harmless. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A name for the file: what it shows, and until when. */
export function fileName(title: string, toMs: number, extension: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${words.slice(0, 60) || 'chart'}-${new Date(toMs).toISOString().slice(0, 16).replace(':', '')}.${extension}`;
}
