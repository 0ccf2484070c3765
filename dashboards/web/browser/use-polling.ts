import { useEffect } from 'preact/hooks';

/** Calls `refresh` every so often; a hidden tab asks nothing, and shown again it catches up. */
export function usePolling(everyMs: number, refresh: () => void): void {
  useEffect(() => {
    const askWhenSeen = (): void => {
      if (!document.hidden) refresh();
    };
    const timer = window.setInterval(askWhenSeen, everyMs);
    document.addEventListener('visibilitychange', askWhenSeen);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', askWhenSeen);
    };
  }, [everyMs, refresh]);
}
