import { useEffect } from 'preact/hooks';
import { Demo } from '../../../schemas/demo.js';
import { useAnswer } from '../browser/use-answer.js';
import { historyText } from '../view/demo/history-words.js';

const askEveryMs = 3_000;

/** The demo fleet sends, and how far the month before it is made: pages that look back show more of it from moment to moment. */
export function DemoMark() {
  const { held, refresh } = useAnswer('/api/v1/demo', Demo);
  const history = held.kind === 'held' ? historyText(held.data.history) : null;
  const isFilling = history !== null;
  useEffect(() => {
    if (!isFilling) return;
    const timer = window.setInterval(refresh, askEveryMs);
    return () => window.clearInterval(timer);
  }, [isFilling, refresh]);
  return (
    <a className="demo-mark" href="/demo" title="What the demo fleet does, and incidents to start">
      Demo
      {history !== null && <span className="demo-filling">{history}</span>}
    </a>
  );
}
