import { useCallback, useEffect, useState } from 'preact/hooks';
import type { TimeRangeId } from '../view/time-range.js';
import { searchAfter, type ViewState, viewStateFrom } from '../view/view-state.js';

export type ChangeView = (change: Partial<ViewState>, how?: 'push' | 'replace') => void;

/** When, where and whose, read from and written to the URL; other parameters of the page stay as they are. */
export function useViewState(defaultRange: TimeRangeId): [ViewState, ChangeView] {
  const [state, setState] = useState(() => viewStateFrom(location.search, defaultRange));

  useEffect(() => {
    const read = (): void => setState(viewStateFrom(location.search, defaultRange));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, [defaultRange]);

  const change = useCallback<ChangeView>(
    (part, how = 'push') => {
      const next = { ...viewStateFrom(location.search, defaultRange), ...part };
      const search = searchAfter(location.search, {
        range: next.range === defaultRange ? null : next.range,
        from: next.fixed?.fromMs ?? null,
        to: next.fixed?.toMs ?? null,
        environment: next.environment,
        team: next.team,
      });
      if (how === 'push') history.pushState(null, '', location.pathname + search);
      else history.replaceState(null, '', location.pathname + search);
      setState(next);
    },
    [defaultRange],
  );

  return [state, change];
}
