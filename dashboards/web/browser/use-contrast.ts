import { useEffect, useState } from 'preact/hooks';
import type { Failure, PanelState } from '../panel-state.js';
import {
  type ContrastDimension,
  type ContrastRow,
  contrastDimensions,
  strongest,
} from '../view/debug/contrast-rows.js';
import type { Answer } from './ask.js';

/** How runs differ in one dimension. */
export type AskContrast = (
  dimension: ContrastDimension,
  signal: AbortSignal,
) => Promise<Answer<ContrastRow[]>>;

const mostRows = 12;

/** Asks for each dimension, once for each `askRows`; null asks nothing. */
export function useContrast(askRows: AskContrast | null): PanelState<ContrastRow[], string> {
  const [state, setState] = useState<PanelState<ContrastRow[], string>>({ kind: 'loading' });
  useEffect(() => {
    if (askRows === null) return;
    const abort = new AbortController();
    setState({ kind: 'loading' });
    const askAll = async (): Promise<void> => {
      const rows: ContrastRow[] = [];
      let failure: Failure | null = null;
      // One after the other: together they would crowd out the other panels of the page.
      for (const dimension of contrastDimensions) {
        const answer = await askRows(dimension, abort.signal);
        if (answer.kind === 'ok') rows.push(...answer.data);
        else if (answer.kind === 'failed') failure = answer.failure;
      }
      if (rows.length > 0) setState({ kind: 'ready', data: strongest(rows, mostRows) });
      else if (failure !== null) setState({ kind: 'failed', failure });
      else setState({ kind: 'no-data', nothing: 'Nothing sets these runs apart: both sides are alike.' });
    };
    // Rejects only when given up.
    askAll().catch(() => {});
    return () => abort.abort();
  }, [askRows]);
  return state;
}
