import type { QueueSettings } from '../../schemas/queue-settings.js';
import type { SliUnit } from '../../schemas/sli.js';
import type { TenantWarehouse } from '../../warehouse/warehouse.js';
import type { CostDeps } from '../cost/cost-deps.js';
import type { WindowParts } from '../window/window-parts.js';
import type { Dimension, OfDimensions } from './dimensions.js';

/** Longer than any window, and whole days: one step holds all of it. */
export const wholeMs = 86_400_000 * 1e7;

/** One question of an indicator, the same for all of them; each reads what concerns it. */
export type SliQuestion = WindowParts &
  OfDimensions & {
    groupBy: string[];
    stepMs: number;
    /** Only runs that began cold, only others, or all. */
    cold: boolean | null;
    thresholdMs: number;
    quantiles: readonly number[];
    /** Most runs at once that there may be. */
    limit: number;
    /** Of the limit. */
    belowRatio: number;
    sliceMs: number;
    atLeastRatio: number;
    /** Most rows to answer. */
    most: number;
    /** Read single rows, because only they tell what was asked for. */
    fromRows: boolean;
    isKeptRaw: boolean;
    now: Date;
    queues: QueueSettings;
    /** Prices; null where none are known. */
    costs: CostDeps | null;
  };

/** What one indicator says of one step and one set of labels. */
export type Counted = {
  column: number;
  labels: readonly string[];
  good: number;
  total: number;
  /** Of those that are not good, how many began with a cold start. */
  coldBad?: number;
  /** What is measured where that is not good / total; null when nothing was. */
  value?: number | null;
  /** Why there is no value although something was counted. */
  missing?: readonly string[];
};

/** What a question may give besides its window and dimensions. */
export type Extra = 'thresholdMs' | 'quantiles' | 'coldStarts' | 'limit' | 'below' | 'slice' | 'atLeast';

/** A service level indicator: `good` and `total` add up over any steps, so no ratio is ever averaged. */
export type Sli = {
  unit: SliUnit;
  /** What is good, and of what. */
  says: string;
  /** By which dimensions sums are kept, as long as sums are. */
  dimensions: readonly Dimension[];
  /** By which further ones single rows tell it; null when rows do not. */
  rowDimensions: readonly Dimension[] | null;
  /** `rows`: exact to the millisecond, but only while rows are kept; `minutes`: of whole minutes. */
  kept: 'sums' | 'rows' | 'minutes';
  takes: readonly Extra[];
  defaultThresholdMs?: number;
  /** Whether values of steps add up to that of the window. */
  adds: boolean;
  read: (warehouse: TenantWarehouse, question: SliQuestion) => Promise<Counted[]>;
};
