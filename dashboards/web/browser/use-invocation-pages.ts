import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { InvocationPage, type InvocationRow } from '../../../schemas/invocations.js';
import type { Failure, PanelState } from '../panel-state.js';
import { ask } from './ask.js';

const pageRows = 100;
/** As many rows as are held; who wants older ones narrows the filters. */
export const mostRows = 5000;

export type ListedInvocations = {
  rows: InvocationRow[];
  from: string;
  to: string;
  /** more: there are older ones. asking: they are on their way. full: no more are held. */
  tail: 'end' | 'more' | 'asking' | 'full';
  /** The time for one request ran out before its page was full. */
  partial: boolean;
  /** Why the next page did not come. */
  failure: Failure | null;
};

type Listed = ListedInvocations & { cursor: string | null };

/** The pages of one search, one after the other. */
export function useInvocationPages(url: string) {
  const [state, setState] = useState<PanelState<Listed, string>>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // A new attempt is a new search, even for the same address.
  const search = useMemo(() => ({ url, attempt }), [url, attempt]);
  const abort = useRef(new AbortController());
  const asking = useRef(false);

  const askFor = useCallback(
    async (cursor: string | null, before: Listed | null, signal: AbortSignal): Promise<void> => {
      asking.current = true;
      try {
        const page = `&limit=${pageRows}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
        const answer = await ask(search.url + page, InvocationPage, signal);
        if (answer.kind === 'ok') {
          const { invocations, nextCursor, partial, from, to } = answer.data;
          const rows = [...(before?.rows ?? []), ...invocations];
          if (rows.length === 0 && nextCursor === null)
            setState({ kind: 'no-data', nothing: 'No invocation matches in this window.' });
          else {
            const tail = nextCursor === null ? 'end' : rows.length >= mostRows ? 'full' : 'more';
            const data: Listed = { rows, from, to, tail, partial, failure: null, cursor: nextCursor };
            setState({ kind: 'ready', data });
          }
        } else if (answer.kind === 'failed') {
          const { failure } = answer;
          setState(
            before === null
              ? { kind: 'failed', failure }
              : { kind: 'ready', data: { ...before, tail: 'more', failure } },
          );
        }
        asking.current = false;
      } catch {
        // Given up for another search, which sets the flag itself.
      }
    },
    [search],
  );

  useEffect(() => {
    const own = new AbortController();
    abort.current = own;
    setState({ kind: 'loading' });
    void askFor(null, null, own.signal);
    return () => own.abort();
  }, [askFor]);

  const more = useCallback(() => {
    if (state.kind !== 'ready' || asking.current) return;
    const { cursor, tail } = state.data;
    if (cursor === null || tail !== 'more') return;
    setState({ kind: 'ready', data: { ...state.data, tail: 'asking', failure: null } });
    void askFor(cursor, state.data, abort.current.signal);
  }, [state, askFor]);

  return { state, more, again: useCallback(() => setAttempt((before) => before + 1), []) };
}
