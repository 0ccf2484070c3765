import { useCallback, useEffect, useState } from 'preact/hooks';
import { type UrlState, urlSearchOf, urlStateFrom } from '../view/url-state.js';

export type ChangeUrl = (change: Partial<UrlState>, how?: 'push' | 'replace') => void;

/** The URL is the state: every change goes there, and back and forward come from there. */
export function useUrlState(): [UrlState, ChangeUrl] {
  const [state, setState] = useState(() => urlStateFrom(location.search));

  useEffect(() => {
    const read = (): void => setState(urlStateFrom(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);

  const change = useCallback<ChangeUrl>((part, how = 'push') => {
    const next = { ...urlStateFrom(location.search), ...part };
    const url = location.pathname + urlSearchOf(next);
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    setState(next);
  }, []);

  return [state, change];
}
