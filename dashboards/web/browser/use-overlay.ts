import { useCallback, useEffect, useState } from 'preact/hooks';
import { pages } from '../view/pages.js';
import { hrefKeeping } from '../view/view-state.js';

export type Overlay = 'palette' | 'keys';

/** How long after "g" the next letter still names a page. */
const chordMs = 1500;

/** What lies over the page, and the keys that work everywhere: Ctrl K, ?, g and a letter. */
export function useOverlay() {
  const [overlay, setOverlay] = useState<Overlay | null>(null);

  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setOverlay((before) => (before === 'palette' ? null : 'palette'));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') setOverlay((before) => before ?? 'keys');
      const page = pages.find(({ key }) => key === event.key);
      if (page !== undefined && event.timeStamp - wentAt < chordMs) {
        event.preventDefault();
        location.assign(hrefKeeping(page.href, location.search));
      }
      wentAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);

  return { overlay, open: setOverlay, close: useCallback(() => setOverlay(null), []) };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName))
  );
}
