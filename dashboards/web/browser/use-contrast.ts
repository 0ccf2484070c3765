import { useEffect, useState } from 'preact/hooks';
import { SliAnswer } from '../../../schemas/sli.js';
import type { Failure, PanelState } from '../panel-state.js';
import {
  type ContrastRow,
  contrastDimensions,
  contrastRows,
  strongest,
} from '../view/debug/contrast-rows.js';
import { ask } from './ask.js';

const mostRows = 12;

/** Asks one question for each dimension, once for each window that `urlOf` stands for; null asks nothing. */
export function useContrast(
  urlOf: ((dimension: string) => string) | null,
): PanelState<ContrastRow[], string> {
  const [state, setState] = useState<PanelState<ContrastRow[], string>>({ kind: 'loading' });
  useEffect(() => {
    if (urlOf === null) return;
    const abort = new AbortController();
    setState({ kind: 'loading' });
    const askAll = async (): Promise<void> => {
      const rows: ContrastRow[] = [];
      let failure: Failure | null = null;
      // One after the other: together they would crowd out the other panels of the page.
      for (const dimension of contrastDimensions) {
        const answer = await ask(urlOf(dimension), SliAnswer, abort.signal);
        if (answer.kind === 'ok') rows.push(...contrastRows(dimension, answer.data));
        else if (answer.kind === 'failed') failure = answer.failure;
      }
      if (rows.length > 0) setState({ kind: 'ready', data: strongest(rows, mostRows) });
      else if (failure !== null) setState({ kind: 'failed', failure });
      else
        setState({
          kind: 'no-data',
          nothing: 'Nothing sets these runs apart: bad and good ones, now and before, are alike.',
        });
    };
    // Rejects only when given up.
    askAll().catch(() => {});
    return () => abort.abort();
  }, [urlOf]);
  return state;
}
