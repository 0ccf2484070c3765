import type { SliDefinition, SloDefinition } from '../../schemas/slo/slo-definition.js';
import { compositeEntries } from './composite-entries.js';
import { countRun } from './count-run.js';
import { createMatcher, type Match, type Place, scopeIn } from './match-slos.js';
import { type RowPredicate, rowPredicates } from './row-predicate.js';
import { sliceEntries } from './slice-entries.js';

/** Outcomes of the runs of one minute and place, weighed; `final` leaves out runs that a later attempt superseded. */
export type CountRow = {
  place: Place;
  minuteMs: number;
  cold: boolean;
  ok: number;
  n: number;
  finalOk: number;
  finalN: number;
  /** All but throttled and rejected calls. */
  ran: number;
  /** Errors, time-outs and runs out of memory. */
  failed: number;
  timeouts: number;
  retries: number;
  duplicates: number;
};

/** Durations of the runs of one minute and place: how many took less than each threshold. */
export type LatencyRow = {
  place: Place;
  minuteMs: number;
  cold: boolean;
  failed: boolean;
  n: number;
  under: readonly number[];
};

/** What single runs of one minute and place come to by predicates; `at` says where an objective's stands. */
export type PredicateRow = {
  place: Place;
  minuteMs: number;
  at: ReadonlyMap<number, number>;
  good: readonly number[];
  total: readonly number[];
};

/** What one objective counts in one minute and place, where it is not made of runs. */
export type FigureRow = { index: number; place: Place; minuteMs: number; good: number; total: number };

export type Cell = { good: number; total: number };
export type Entry = { index: number; scope: string; minuteMs: number; good: number; total: number };

export type Evaluation = {
  addCounts: (row: CountRow) => void;
  addLatency: (row: LatencyRow) => void;
  addPredicates: (row: PredicateRow) => void;
  addFigure: (row: FigureRow) => void;
  /** What the rows come to. A minute whose runs were all taken back is there with nothing, so that it replaces what was. */
  entries: () => Entry[];
};

export type Evaluator = {
  definitions: readonly SloDefinition[];
  /** Of all latency objectives, in the order of `LatencyRow.under`. */
  thresholdsMs: readonly number[];
  /** Of all objectives that look at single runs. */
  predicates: readonly RowPredicate[];
  begin: () => Evaluation;
};

type Counted = Exclude<SliDefinition, { kind: 'time-slice' }>;
/** `threshold` is -1 of an objective without one. */
type Counter = { sli: Counted; threshold: number; looksAtRows: boolean };

/** What a time slice judges, else the indicator itself. */
export function countedOf(sli: SliDefinition): Counted {
  return sli.kind === 'time-slice' ? sli.of : sli;
}

/** Turns sums by minute and place into what each objective counts; all sums of a minute must be there as a whole. */
export function createEvaluator(definitions: readonly SloDefinition[]): Evaluator {
  const predicates = rowPredicates(definitions);
  const looking = new Set(predicates.map(({ index }) => index));
  const summed = definitions.flatMap(({ sli }, index) => (looking.has(index) ? [] : [countedOf(sli)]));
  const thresholdsMs = [...new Set(summed.flatMap((sli) => (sli.kind === 'latency' ? [sli.under] : [])))];
  const counters = definitions.map(({ sli: given }, index): Counter => {
    const sli = countedOf(given);
    const looksAtRows = looking.has(index);
    const isSummed = sli.kind === 'latency' && !looksAtRows;
    return { sli, looksAtRows, threshold: isSummed ? thresholdsMs.indexOf(sli.under) : -1 };
  });
  const match = createMatcher(definitions);
  return {
    definitions,
    thresholdsMs,
    predicates,
    begin: () => beginEvaluation(definitions, counters, match),
  };
}

function beginEvaluation(
  definitions: readonly SloDefinition[],
  counters: readonly Counter[],
  match: (place: Place) => readonly Match[],
): Evaluation {
  const series = definitions.map(() => new Map<string, Map<number, Cell>>());
  const cellOf = (index: number, scope: string, minuteMs: number): Cell => {
    const scopes = series[index];
    let cells = scopes?.get(scope);
    if (cells === undefined) {
      cells = new Map();
      scopes?.set(scope, cells);
    }
    let cell = cells.get(minuteMs);
    if (cell === undefined) {
      cell = { good: 0, total: 0 };
      cells.set(minuteMs, cell);
    }
    return cell;
  };
  const add = (cell: Cell, { good, total }: Cell): void => {
    cell.good += good;
    cell.total += total;
  };
  return {
    addCounts: (row) => {
      for (const { index, scope } of match(row.place)) {
        const counter = counters[index];
        if (counter === undefined) continue;
        // Sums of a minute stay when its runs were all taken back; single runs do not.
        if (counter.looksAtRows) cellOf(index, scope, row.minuteMs);
        else {
          const counted = countRun(counter.sli, row);
          if (counted !== null) add(cellOf(index, scope, row.minuteMs), counted);
        }
      }
    },
    addLatency: (row) => {
      for (const { index, scope } of match(row.place)) {
        const counter = counters[index];
        if (counter?.sli.kind !== 'latency' || counter.threshold === -1) continue;
        const { failed, coldStarts } = counter.sli;
        const cell = cellOf(index, scope, row.minuteMs);
        if (row.cold && coldStarts === 'excluded') continue;
        if (row.failed && failed === 'ignored') continue;
        const good = row.failed ? 0 : (row.under[counter.threshold] ?? 0);
        add(cell, { good, total: row.n });
      }
    },
    addPredicates: ({ place, minuteMs, at, good, total }) => {
      for (const { index, scope } of match(place)) {
        const position = at.get(index);
        if (position === undefined) continue;
        add(cellOf(index, scope, minuteMs), { good: good[position] ?? 0, total: total[position] ?? 0 });
      }
    },
    addFigure: ({ index, place, minuteMs, good, total }) => {
      const definition = definitions[index];
      const scope = definition === undefined ? null : scopeIn(definition, place);
      if (scope !== null) add(cellOf(index, scope, minuteMs), { good, total });
    },
    entries: () => {
      const counted = definitions.flatMap(({ sli }, index) =>
        [...(series[index] ?? [])].flatMap(([scope, cells]) => {
          const whole = [...cells].map(([minuteMs, cell]) => ({ minuteMs, ...rounded(cell) }));
          const made = sli.kind === 'time-slice' ? sliceEntries(whole, sli) : whole;
          return made.map((one) => ({ index, scope, ...one }));
        }),
      );
      const hasComposites = definitions.some(({ sli }) => sli.kind === 'composite');
      return hasComposites ? [...counted, ...compositeEntries(definitions, counted)] : counted;
    },
  };
}

/** Weighed counts need not be whole, and rows of a correction may be seen one before the other. */
function rounded({ good, total }: Cell): Cell {
  return { good: Math.max(0, Math.round(good)), total: Math.max(0, Math.round(total)) };
}
