import type { CountedSli, SloDefinition } from '../../schemas/slo/slo-definition.js';
import { createMatcher, type Place } from './match-slos.js';
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

export type Cell = { good: number; total: number };
export type Entry = { index: number; scope: string; minuteMs: number; good: number; total: number };

export type Evaluation = {
  addCounts: (row: CountRow) => void;
  addLatency: (row: LatencyRow) => void;
  /** What the rows come to. A minute whose runs were all taken back is there with nothing, so that it replaces what was. */
  entries: () => Entry[];
};

export type Evaluator = {
  /** Of all latency objectives, in the order of `LatencyRow.under`. */
  thresholdsMs: readonly number[];
  begin: () => Evaluation;
};

type Counter = { sli: CountedSli; threshold: number };

/** Turns sums by minute and place into what each objective counts; both sums of a minute must be there as a whole. */
export function createEvaluator(definitions: readonly SloDefinition[]): Evaluator {
  const counted = definitions.map(({ sli }) => (sli.kind === 'time-slice' ? sli.of : sli));
  const thresholdsMs = [...new Set(counted.flatMap((sli) => (sli.kind === 'latency' ? [sli.under] : [])))];
  const counters = counted.map(
    (sli): Counter => ({
      sli,
      threshold: sli.kind === 'latency' ? thresholdsMs.indexOf(sli.under) : -1,
    }),
  );
  const match = createMatcher(definitions);
  return { thresholdsMs, begin: () => beginEvaluation(definitions, counters, match) };
}

function beginEvaluation(
  definitions: readonly SloDefinition[],
  counters: readonly Counter[],
  match: ReturnType<typeof createMatcher>,
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
  return {
    addCounts: (row) => {
      for (const { index, scope } of match(row.place)) {
        const sli = counters[index]?.sli;
        if (sli?.kind !== 'success') continue;
        const cell = cellOf(index, scope, row.minuteMs);
        if (row.cold && sli.coldStarts === 'excluded') continue;
        const requests = sli.count === 'requests';
        cell.good += requests ? row.finalOk : row.ok;
        cell.total += requests ? row.finalN : row.n;
      }
    },
    addLatency: (row) => {
      for (const { index, scope } of match(row.place)) {
        const counter = counters[index];
        if (counter?.sli.kind !== 'latency') continue;
        const { failed, coldStarts } = counter.sli;
        const cell = cellOf(index, scope, row.minuteMs);
        if (row.cold && coldStarts === 'excluded') continue;
        if (row.failed && failed === 'ignored') continue;
        cell.good += row.failed ? 0 : (row.under[counter.threshold] ?? 0);
        cell.total += row.n;
      }
    },
    entries: () =>
      definitions.flatMap(({ sli }, index) =>
        [...(series[index] ?? [])].flatMap(([scope, cells]) => {
          const whole = [...cells].map(([minuteMs, cell]) => ({ minuteMs, ...rounded(cell) }));
          const made = sli.kind === 'time-slice' ? sliceEntries(whole, sli) : whole;
          return made.map((one) => ({ index, scope, ...one }));
        }),
      ),
  };
}

/** Weighed counts need not be whole, and rows of a correction may be seen one before the other. */
function rounded({ good, total }: Cell): Cell {
  return { good: Math.max(0, Math.round(good)), total: Math.max(0, Math.round(total)) };
}
