import { useEffect, useState } from 'preact/hooks';

/** Puts text on the clipboard and says for two seconds whether that worked. */
export function useCopy(): ['idle' | 'copied' | 'refused', (text: string) => void] {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = window.setTimeout(() => setState('idle'), 2000);
    return () => window.clearTimeout(timer);
  }, [state]);
  const copy = (text: string): void => {
    // Without https there is no clipboard.
    const wrote = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    wrote.then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return [state, copy];
}
