import { type ChartData, type ChartNote, chartSpan } from './chart-data.js';

/** The last step of a chart up to now is not over: it is low because it is short, not because less happened. */
export function arrivingNotes(
  data: Pick<ChartData, 'fromMs' | 'stepMs' | 'steps'>,
  toMs: number,
): ChartNote[] {
  return chartSpan(data).toMs > toMs ? [{ kind: 'arriving', text: 'The last step still runs' }] : [];
}
