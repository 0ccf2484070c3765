import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import {
  formatBytes,
  type Recent,
  rateNow,
  signalKeys,
  signalLabels,
  sparkline,
} from '../../view/ingest-view.js';

export type AcceptedPanelProps = {
  accepted: NonNullable<IngestStatus['accepted']>;
  recent: Recent;
  since: string;
  nowMs: number;
};

const box = { width: 300, height: 36 };

/** What was taken, by signal, over the last quarter of an hour. */
export function AcceptedPanel({ accepted, recent, since, nowMs }: AcceptedPanelProps) {
  return (
    <section className="panel ingest-panel" aria-labelledby="accepted-title">
      <header className="ingest-head">
        <h2 id="accepted-title">Accepted</h2>
        <p className="aside">last 15 minutes</p>
      </header>
      <ul className="signals">
        {signalKeys.map((signal) => {
          const points = sparkline(recent, signal, box);
          return (
            <li key={signal} className="signal">
              <span className="signal-name">{signalLabels[signal]}</span>
              <span className="signal-rate">{points === null ? 'none' : rateNow(recent, signal)}</span>
              <svg
                className="spark"
                viewBox={`0 -2 ${box.width} ${box.height + 4}`}
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                {points === null ? (
                  <line className="spark-none" x1="0" x2={box.width} y1={box.height} y2={box.height} />
                ) : (
                  <>
                    <polygon
                      className="spark-area"
                      points={`0,${box.height} ${points} ${box.width},${box.height}`}
                    />
                    <polyline className="spark-line" points={points} />
                  </>
                )}
              </svg>
            </li>
          );
        })}
      </ul>
      <p className="aside ingest-foot">
        <span title={exactCount(accepted.requests)}>{formatCount(accepted.requests)} requests</span>
        {' · '}
        {formatBytes(accepted.bytes)}
        {' · '}
        <span title={exactCount(accepted.invocations)}>{formatCount(accepted.invocations)} invocations</span>
        {' in '}
        {formatDuration(Math.max(0, nowMs - Date.parse(since)))}
      </p>
    </section>
  );
}
