import { useCallback, useState } from 'preact/hooks';

const key = 'coldburn-author';

/** Whose name stands under what this browser does; asked once. Storage may be forbidden, then it is asked again. */
export function useAuthor(): [string, (name: string) => void] {
  const [author, setAuthor] = useState(remembered);
  const change = useCallback((name: string) => {
    setAuthor(name);
    try {
      localStorage.setItem(key, name);
    } catch {
      return;
    }
  }, []);
  return [author, change];
}

function remembered(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
