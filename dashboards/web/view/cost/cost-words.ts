import type { z } from 'zod';
import type { ChangeEffects } from '../../../../schemas/cost/changes.js';
import type { BudgetRow } from '../../../../schemas/cost/forecast.js';
import type { RightsizingRow } from '../../../../schemas/cost/rightsizing.js';
import type { WasteItem, WasteRow } from '../../../../schemas/cost/waste.js';
import { picoOf } from './money.js';

type Effects = z.infer<typeof ChangeEffects>;
export type Effect = { key: keyof Effects; words: string; usd: string };

const effectWords: Readonly<Record<keyof Effects, readonly [more: string, less: string]>> = {
  volumeUsd: ['more runs', 'fewer runs'],
  retryUsd: ['more retries and repeats', 'fewer retries and repeats'],
  durationUsd: ['longer runs', 'shorter runs'],
  coldStartUsd: ['more cold starts', 'fewer cold starts'],
  memoryUsd: ['more memory', 'less memory'],
  rateUsd: ['higher prices', 'lower prices'],
  mixUsd: ['a dearer mix', 'a cheaper mix'],
};

/** The effects that are there, the largest first. None is left out, so that they add up. */
export function effectList(effects: Effects): Effect[] {
  const keys = Object.keys(effectWords) as (keyof Effects)[];
  const size = (usd: string) => (picoOf(usd) < 0n ? -picoOf(usd) : picoOf(usd));
  return keys
    .map((key) => ({ key, usd: effects[key], words: effectWords[key][picoOf(effects[key]) < 0n ? 1 : 0] }))
    .filter(({ usd }) => picoOf(usd) !== 0n)
    .sort((one, other) => (size(other.usd) > size(one.usd) ? 1 : size(other.usd) < size(one.usd) ? -1 : 0));
}

export const wasteWords: Readonly<Record<WasteItem['kind'], string>> = {
  coldStarts: 'cold starts',
  retries: 'retries',
  timeouts: 'time-outs',
  duplicates: 'repeated deliveries',
  overMemory: 'memory never used',
  idleProvisioned: 'idle provisioned concurrency',
  failures: 'failures',
};

export type WasteLine = WasteItem & Pick<WasteRow, 'function' | 'environment' | 'team'>;

/** Every way money is wasted, the dearest first, whoever wastes it. */
export function wasteLines(rows: readonly WasteRow[]): WasteLine[] {
  return rows
    .flatMap(({ items, function: name, environment, team }) =>
      items.map((item) => ({ ...item, function: name, environment, team })),
    )
    .sort((one, other) => {
      const difference = picoOf(other.costUsd) - picoOf(one.costUsd);
      return difference > 0n ? 1 : difference < 0n ? -1 : 0;
    });
}

export const budgetWords: Readonly<Record<BudgetRow['status'], { label: string; chip: string }>> = {
  ok: { label: 'ok', chip: 'ok' },
  'at risk': { label: 'at risk', chip: 'burning' },
  over: { label: 'over', chip: 'exhausted' },
};

/** What a verdict means to do: "1536 MB to 512 MB". */
export function sizeText({
  currentMemoryMb,
  memoryMb,
}: Pick<RightsizingRow, 'currentMemoryMb' | 'memoryMb'>) {
  return memoryMb === null ? `${currentMemoryMb} MB` : `${currentMemoryMb} MB to ${memoryMb} MB`;
}
