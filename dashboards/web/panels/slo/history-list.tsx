import type { SloAnswer } from '../../../../schemas/slo/slo-answer.js';
import { dateTime } from '../../view/clock-time.js';

const mostShown = 50;

/** What was changed, by whom and when, newest first. */
export function HistoryList({ history }: { history: SloAnswer['history'] }) {
  return (
    <>
      <ol className="history">
        {history.slice(0, mostShown).map(({ version, event, source, author, at, change }) => (
          <li key={version}>
            <p>
              <bdi>{event === 'delete' ? 'deleted' : change}</bdi>
            </p>
            <p className="aside">
              version {version} · <time dateTime={at}>{dateTime(Date.parse(at))}</time> ·{' '}
              {source === 'file' ? 'file ' : 'API, '}
              <bdi>{author}</bdi>
            </p>
          </li>
        ))}
      </ol>
      {history.length > mostShown && (
        <p className="aside debug-foot">Only the latest {mostShown} changes are listed.</p>
      )}
    </>
  );
}
