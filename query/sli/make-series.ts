import { z } from 'zod';
import type { SliPoint, SliSummary } from '../../schemas/sli.js';
import { shareOf } from '../functions/share-of.js';
import type { Counted } from './sli.js';

export type Series = { key: string; labels: Record<string, string>; points: SliPoint[] };

/**
 * One series for each set of labels, with a point for every step: no data is a total of 0 and a value of null. Sets of
 * `always` have one even then.
 */
export function makeSeries(
  counted: readonly Counted[],
  names: readonly string[],
  columns: readonly Date[],
  always: readonly (readonly string[])[],
): Series[] {
  const byLabels = new Map<string, Map<number, Counted>>(
    always.map((labels) => [JSON.stringify(labels), new Map()]),
  );
  for (const one of counted) {
    const key = JSON.stringify(one.labels);
    const steps = byLabels.get(key) ?? new Map<number, Counted>();
    byLabels.set(key, steps.set(one.column, one));
  }
  return [...byLabels].map(([key, steps]) => {
    const values = labelsOf(key);
    return {
      key,
      labels: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
      points: columns.map((at) => pointOf(at, steps.get(at.getTime()))),
    };
  });
}

const Labels = z.array(z.string());

function labelsOf(key: string): string[] {
  return Labels.parse(JSON.parse(key));
}

function pointOf(at: Date, counted: Counted | undefined): SliPoint {
  return { at: at.toISOString(), ...figuresOf(counted) };
}

export function summaryOf(counted: Counted | undefined): SliSummary {
  const figures = figuresOf(counted);
  const bad = figures.total - figures.good;
  if (counted?.coldBad === undefined) return { ...figures, coldBad: null, coldBadRatio: null };
  const coldBad = Math.min(bad, Math.max(0, Math.round(counted.coldBad)));
  return { ...figures, coldBad, coldBadRatio: shareOf(coldBad, bad) };
}

/** Weighed counts need not be whole, and rows of a correction may be seen one before the other. */
function figuresOf(counted: Counted | undefined): { good: number; total: number; value: number | null } {
  const total = Math.max(0, Math.round(counted?.total ?? 0));
  const good = Math.min(total, Math.max(0, Math.round(counted?.good ?? 0)));
  const { value } = counted ?? {};
  if (value === undefined) return { good, total, value: shareOf(good, total) };
  return { good, total, value: value === null || !Number.isFinite(value) ? null : Math.max(0, value) };
}

/** All steps of each set of labels as one, where that is their sum. */
export function addSteps(counted: readonly Counted[]): Counted[] {
  const whole = new Map<string, Counted>();
  for (const one of counted) {
    const key = JSON.stringify(one.labels);
    const before = whole.get(key);
    const coldBad = (before?.coldBad ?? 0) + (one.coldBad ?? 0);
    whole.set(key, {
      column: 0,
      labels: one.labels,
      good: (before?.good ?? 0) + one.good,
      total: (before?.total ?? 0) + one.total,
      ...(one.coldBad === undefined ? {} : { coldBad }),
    });
  }
  return [...whole.values()];
}
