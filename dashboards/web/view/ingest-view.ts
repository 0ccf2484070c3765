import type { AppliedLimit, IngestStatus } from '../../../schemas/ingest-status.js';
import { unitSpace } from './figure.js';
import { formatCount } from './format-count.js';
import { formatRate } from './format-rate.js';
import { linePoints } from './line-points.js';

export type Recent = NonNullable<IngestStatus['recent']>;
export type SignalKey = 'spans' | 'dataPoints' | 'logRecords';

export const signalLabels: Readonly<Record<SignalKey, string>> = {
  spans: 'Spans',
  dataPoints: 'Data points',
  logRecords: 'Log records',
};

export const signalKeys = ['spans', 'dataPoints', 'logRecords'] as const;

/** "Now" is the last whole minute. */
const nowMs = 60_000;

/** How many came in the last whole minute, per second. */
export function rateNow({ stepMs, steps }: Recent, signal: SignalKey): string {
  const count = steps.slice(-nowMs / stepMs).reduce((sum, step) => sum + step[signal], 0);
  return count === 0 ? 'none in the last minute' : formatRate(count, nowMs);
}

/** The points of a line through all steps, in a box of this size; null when nothing came. */
export function sparkline(
  { steps }: Recent,
  signal: SignalKey,
  { width, height }: { width: number; height: number },
): string | null {
  return linePoints(
    steps.map((step) => step[signal]),
    { width, height },
  );
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 1.2 GiB: one decimal below ten. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < byteUnits.length - 1) {
    amount /= 1024;
    unit++;
  }
  const digits = unit > 0 && amount < 10 ? 1 : 0;
  return `${amount.toFixed(digits)}${unitSpace}${byteUnits[unit] ?? ''}`;
}

/** What was refused, in words that fit the number. */
export function refusedWhat(what: 'requests' | SignalKey, count: number): string {
  const many = what === 'requests' ? what : signalLabels[what].toLowerCase();
  return count === 1 ? many.slice(0, -1) : many;
}

const outcomes: Readonly<Record<AppliedLimit['outcome'], string>> = {
  truncate: 'cut and marked',
  'drop-attribute': 'attributes left out',
  fold: 'stored as “(other)”',
  refuse: 'refused',
};

export function limitSentence({ outcome, count }: AppliedLimit): string {
  return `${formatCount(count)} ${outcomes[outcome]}`;
}

/** How well acknowledged telemetry gets into ClickHouse. */
export function lagState(lagMs: number | null, hasError: boolean): 'good' | 'late' {
  return hasError || (lagMs ?? 0) > 10_000 ? 'late' : 'good';
}
