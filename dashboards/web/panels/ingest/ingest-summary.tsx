import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { lagState, type Recent, rateNow, signalKeys, signalLabels } from '../../view/ingest-view.js';
import { Figure } from '../figure.js';
import { Tile } from '../tile.js';

export type IngestSummaryProps = {
  status: IngestStatus;
  accepted: NonNullable<IngestStatus['accepted']>;
  recent: Recent;
};

/** Whether all is well, in five figures. */
export function IngestSummary({ status, accepted, recent }: IngestSummaryProps) {
  const refused = status.refused.reduce((sum, { count }) => sum + count, 0);
  const late = lagState(status.lagMs, (status.spool?.lastError ?? null) !== null) === 'late';
  return (
    <section className="summary" aria-label="Summary">
      {signalKeys.map((signal) => (
        <Tile
          key={signal}
          label={signalLabels[signal]}
          value={<Figure text={formatCount(accepted[signal])} title={exactCount(accepted[signal])} />}
          note={accepted[signal] === 0 ? undefined : rateNow(recent, signal)}
          noteTitle="In the last whole minute"
        />
      ))}
      <Tile
        label="Refused"
        alarm={refused > 0}
        value={<Figure text={formatCount(refused)} title={exactCount(refused)} />}
        note={refused === 0 ? 'nothing was refused' : 'see the reasons below'}
      />
      <Tile
        label="Waiting to be stored"
        alarm={late}
        value={<Figure text={formatDuration(status.lagMs === null ? null : Math.round(status.lagMs))} />}
        note={late ? 'ClickHouse is behind' : waitingNote(status.lagMs)}
      />
    </section>
  );
}

function waitingNote(lagMs: number | null): string | undefined {
  if (lagMs === null) return undefined;
  return lagMs === 0 ? 'everything can be seen' : 'so old is the oldest not seen yet';
}
