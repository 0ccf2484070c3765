import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { formatAgo } from '../../view/format-ago.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatBytes } from '../../view/ingest-view.js';

export type SpoolPanelProps = { spool: IngestStatus['spool']; lagMs: number | null; nowMs: number };

/** What was acknowledged and waits on disk for ClickHouse. */
export function SpoolPanel({ spool, lagMs, nowMs }: SpoolPanelProps) {
  return (
    <section className="panel ingest-panel" aria-labelledby="spool-title">
      <header className="ingest-head">
        <h2 id="spool-title">Spool</h2>
        <p className="aside">acknowledged, on its way to ClickHouse</p>
      </header>
      {spool === null ? (
        <p className="ingest-quiet">
          Only keys of role operator or admin see the disk. The oldest telemetry of everyone waits{' '}
          {formatDuration(lagMs === null ? null : Math.round(lagMs))}.
        </p>
      ) : (
        <Fill spool={spool} nowMs={nowMs} />
      )}
    </section>
  );
}

function Fill({ spool, nowMs }: { spool: NonNullable<IngestStatus['spool']>; nowMs: number }) {
  const { bytes, quotaBytes, segments, oldestAgeMs, lastError, insertFailures, commitFailures, poison } =
    spool;
  return (
    <>
      <meter
        className="fill"
        min={0}
        max={quotaBytes}
        high={quotaBytes * 0.8}
        value={bytes}
        aria-label="Share of the spool that is used"
      />
      <p className="fill-text">
        {formatBytes(bytes)} of {formatBytes(quotaBytes)}
        <span className="aside">{bytes > quotaBytes ? ' full: senders get 503' : ''}</span>
      </p>
      <dl className="ingest-facts">
        <dt>Segments waiting</dt>
        <dd>{exactCount(segments)}</dd>
        <dt>Oldest</dt>
        <dd>{oldestAgeMs === null ? 'all is stored' : formatDuration(Math.round(oldestAgeMs))}</dd>
        <dt>Inserts tried again</dt>
        <dd>{exactCount(insertFailures)}</dd>
        {commitFailures > 0 && (
          <>
            <dt>Writes the disk refused</dt>
            <dd className="bad-text">{exactCount(commitFailures)}</dd>
          </>
        )}
      </dl>
      {lastError !== null && (
        <p className="ingest-alarm">
          <strong>The last insert failed.</strong> <bdi>{lastError}</bdi> It is tried again by itself.
        </p>
      )}
      {poison.length > 0 && (
        <div className="ingest-alarm">
          <p>
            <strong>
              {poison.length === 1 ? 'One segment was' : `${poison.length} segments were`} set aside
            </strong>
            , because ClickHouse refuses the rows. <code>coldburn spool list</code> shows them,{' '}
            <code>retry</code> inserts them again, <code>drop</code> gives them up.
          </p>
          <ul className="poison">
            {poison.slice(0, 3).map(({ id, table, rows, reason, setAsideAt }) => (
              <li key={id} title={reason}>
                {exactCount(rows)} rows of {table}, {formatAgo(nowMs - Date.parse(setAsideAt))}:{' '}
                <bdi>{reason}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
