import type { ChangeRow } from '../../../schemas/cost/changes.js';
import { apportion } from '../exact/apportion.js';
import { scaledText } from '../exact/decimal-text.js';
import { compareDecimals } from '../exact/rational.js';
import { type Change, type Effect, effects } from './split-change.js';

export type LabelledChange = { labels: Record<string, string>; change: Change };

/** Changes as printed rows: effects add up to each change, and rows to the total, column by column. */
export function printChanges(changes: readonly LabelledChange[]): { rows: ChangeRow[]; total: ChangeRow } {
  const columns = new Map<Effect, bigint[]>();
  for (const effect of effects) columns.set(effect, apportion(changes.map(({ change }) => change[effect])));
  const before = apportion(changes.map(({ change }) => change.before));
  const rows = changes.map(({ labels }, index) =>
    rowOf(labels, before[index] ?? 0n, (effect) => columns.get(effect)?.[index] ?? 0n),
  );
  const sums = new Map(effects.map((effect) => [effect, add(columns.get(effect) ?? [])]));
  const total = rowOf({}, add(before), (effect) => sums.get(effect) ?? 0n);
  rows.sort((a, b) => compareDecimals(sizeOf(b.changeUsd), sizeOf(a.changeUsd)));
  return { rows, total };
}

function rowOf(labels: Record<string, string>, before: bigint, of: (effect: Effect) => bigint): ChangeRow {
  const change = add(effects.map(of));
  const usd = (effect: Effect) => scaledText(of(effect));
  return {
    labels,
    beforeUsd: scaledText(before),
    afterUsd: scaledText(before + change),
    changeUsd: scaledText(change),
    effects: {
      volumeUsd: usd('volume'),
      retryUsd: usd('retry'),
      durationUsd: usd('duration'),
      coldStartUsd: usd('coldStart'),
      memoryUsd: usd('memory'),
      rateUsd: usd('rate'),
      mixUsd: usd('mix'),
    },
  };
}

function add(units: readonly bigint[]): bigint {
  return units.reduce((so, unit) => so + unit, 0n);
}

function sizeOf(amount: string): string {
  return amount.replace(/^-/, '');
}
