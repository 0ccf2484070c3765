import { useCallback, useEffect, useState } from 'preact/hooks';
import { type DebugState, debugSearchOf, debugStateFrom } from '../view/debug/debug-state.js';

export type ChangeDebug = (change: Partial<DebugState>, how?: 'push' | 'replace') => void;

/** What the page of one function is kept to, read from and written to the URL. */
export function useDebugState(): [DebugState, ChangeDebug] {
  const [state, setState] = useState(() => debugStateFrom(location.search));

  useEffect(() => {
    const read = (): void => setState(debugStateFrom(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);

  const change = useCallback<ChangeDebug>((part, how = 'push') => {
    const next = { ...debugStateFrom(location.search), ...part };
    const url = location.pathname + debugSearchOf(next);
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    setState(next);
  }, []);

  return [state, change];
}
