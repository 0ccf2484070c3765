/** `live`: told of every insert. `polling`: the stream is down, so the page asks every five seconds. */
export type FeedState = 'connecting' | 'live' | 'polling';

export type FeedListener = { onNews: () => void; onState: (state: FeedState) => void };

const pollMs = 5000;
const reopenMs = 10_000;

/** Follows the server's event stream until closed. A reconnect counts as news: something may have been missed. */
export function openLiveFeed({ onNews, onState }: FeedListener): () => void {
  let source: EventSource | null = null;
  let poll: number | undefined;
  let reopen: number | undefined;

  const startPolling = (): void => {
    onState('polling');
    poll ??= window.setInterval(onNews, pollMs);
  };
  const stopPolling = (): void => {
    window.clearInterval(poll);
    poll = undefined;
  };
  const open = (): void => {
    const opened = new EventSource('/api/v1/live');
    source = opened;
    opened.onopen = () => {
      stopPolling();
      onState('live');
      onNews();
    };
    opened.addEventListener('inserted', onNews);
    opened.onerror = () => {
      startPolling();
      // After an answer that is no stream the browser gives up for good; after a cut it tries again by itself.
      if (opened.readyState !== EventSource.CLOSED) return;
      reopen = window.setTimeout(open, reopenMs);
    };
  };

  onState('connecting');
  open();
  return () => {
    source?.close();
    stopPolling();
    window.clearTimeout(reopen);
  };
}
