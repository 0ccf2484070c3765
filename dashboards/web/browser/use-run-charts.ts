import { useMemo } from 'preact/hooks';
import type { PanelState } from '../panel-state.js';
import type { ChartData, ChartMark } from '../view/chart/chart-data.js';
import { memoryChart, missedChart } from '../view/debug/run-charts.js';
import { mapHeld } from './map-held.js';
import { bothHeld, panelStateOf } from './panel-state-of.js';
import type { Held } from './use-answer.js';
import type { FunctionAnswers } from './use-function-answers.js';

type ChartState = PanelState<ChartData, string>;

/** Cold starts, repeats and memory of the runs of one function. */
export function useRunCharts(
  { coldStart, retry, duplicate, memory }: FunctionAnswers,
  marks: readonly ChartMark[],
): { cold: ChartState; again: ChartState; memory: ChartState } {
  return useMemo(
    () => ({
      cold: chartState(
        mapHeld(coldStart.held, (answer) =>
          missedChart([{ answer, label: 'Cold starts', color: 'heat-cold' }], marks),
        ),
        'No cold starts in this window.',
      ),
      again: chartState(
        mapHeld(bothHeld(retry.held, duplicate.held), ([once, twice]) =>
          missedChart(
            [
              { answer: once, label: 'Retries', color: 'warn' },
              { answer: twice, label: 'Duplicates', color: 'throttled' },
            ],
            marks,
          ),
        ),
        'Nothing was tried again or processed twice.',
      ),
      memory: chartState(
        mapHeld(memory.held, (answer) => memoryChart(answer, marks)),
        'No run told how much memory it used.',
      ),
    }),
    [coldStart.held, retry.held, duplicate.held, memory.held, marks],
  );
}

/** A chart of nothing says so: bars that are all zero, and lines without a point. */
function chartState(held: Held<ChartData>, nothing: string): PanelState<ChartData, string> {
  return panelStateOf(held, ({ series }) =>
    series.every(({ kind, values }) =>
      values.every((value) => value === null || (kind === 'bar' && value === 0)),
    )
      ? nothing
      : null,
  );
}
