import { useCallback, useEffect, useState } from 'preact/hooks';
import { searchAfter } from '../view/view-state.js';

/** One parameter of the page in the URL; empty when it is not there. Typing does not fill the history. */
export function useSearchParam(name: string): [string, (value: string) => void] {
  const read = useCallback(() => new URLSearchParams(location.search).get(name) ?? '', [name]);
  const [value, setValue] = useState(read);

  useEffect(() => {
    const onBack = (): void => setValue(read());
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, [read]);

  const change = useCallback(
    (next: string) => {
      const search = searchAfter(location.search, { [name]: next === '' ? null : next });
      history.replaceState(null, '', location.pathname + search);
      setValue(next);
    },
    [name],
  );

  return [value, change];
}
