import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { formatAgo } from '../../view/format-ago.js';

export type BadPayloadsPanelProps = { badPayloads: IngestStatus['badPayloads']; nowMs: number };

/** The last payloads that could not be taken as they came. */
export function BadPayloadsPanel({ badPayloads, nowMs }: BadPayloadsPanelProps) {
  return (
    <section className="panel ingest-panel" aria-labelledby="bad-title">
      <header className="ingest-head">
        <h2 id="bad-title">Last bad payloads</h2>
        <p className="aside">why, never what was in them</p>
      </header>
      {badPayloads.length === 0 ? (
        <p className="ingest-quiet">None: every payload could be read.</p>
      ) : (
        <ol className="bad-payloads">
          {badPayloads.map(({ at, agent, reason }) => (
            <li key={`${at}/${agent}/${reason}`}>
              <p title={reason}>
                <bdi>{reason}</bdi>
              </p>
              <p className="aside" title={at}>
                {formatAgo(nowMs - Date.parse(at))} · <bdi>{agent}</bdi>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
