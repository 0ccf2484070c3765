import { useEffect, useState } from 'preact/hooks';
import { type FeedState, openLiveFeed } from './live-feed.js';

/** A relative time range slides even when nothing arrives. */
const slideMs = 30_000;

export type LiveState = FeedState | 'paused';

/** Calls `onNews` while following. A hidden tab holds no connection and asks nothing; shown again, it catches up. */
export function useLive(following: boolean, onNews: () => void): LiveState {
  const [feed, setFeed] = useState<FeedState>('connecting');

  useEffect(() => {
    if (!following) return;
    let close: (() => void) | null = null;
    const follow = (): void => {
      close?.();
      close = document.hidden ? null : openLiveFeed({ onNews, onState: setFeed });
    };
    const slide = window.setInterval(() => {
      if (!document.hidden) onNews();
    }, slideMs);
    document.addEventListener('visibilitychange', follow);
    follow();
    return () => {
      window.clearInterval(slide);
      document.removeEventListener('visibilitychange', follow);
      close?.();
    };
  }, [following, onNews]);

  return following ? feed : 'paused';
}
