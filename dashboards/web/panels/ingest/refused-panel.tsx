import type { RefusedReason } from '../../../../schemas/ingest-status.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { refusedWhat } from '../../view/ingest-view.js';

/** What was not stored, why, and what to do about it. */
export function RefusedPanel({ refused }: { refused: readonly RefusedReason[] }) {
  return (
    <section className="panel ingest-panel ingest-wide" aria-labelledby="refused-title">
      <header className="ingest-head">
        <h2 id="refused-title">Refused</h2>
        <p className="aside">since the start</p>
      </header>
      {refused.length === 0 ? (
        <p className="ingest-quiet">Nothing was refused: everything that came with a key is stored.</p>
      ) : (
        <ul className="reasons">
          {refused.map(({ what, reason, count, meaning, remedy }) => (
            <li key={`${what}/${reason}`} className="reason">
              <p className="reason-count" title={exactCount(count)}>
                <span className="bad-text">{formatCount(count)}</span>{' '}
                <span className="aside">{refusedWhat(what, count)}</span>
              </p>
              <div>
                <p className="reason-meaning">
                  <bdi>{sentence(meaning)}</bdi> <code className="aside">{reason}</code>
                </p>
                <p className="reason-remedy">{remedy}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
