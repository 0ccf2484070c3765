import type { IngestStatus } from '../../schemas/ingest-status.js';
import type { Held } from './browser/use-answer.js';
import { FailedPanel } from './panels/failed-panel.js';
import { AcceptedPanel } from './panels/ingest/accepted-panel.js';
import { BadPayloadsPanel } from './panels/ingest/bad-payloads-panel.js';
import { IngestSkeleton } from './panels/ingest/ingest-skeleton.js';
import { IngestSummary } from './panels/ingest/ingest-summary.js';
import { LimitsPanel } from './panels/ingest/limits-panel.js';
import { NothingReceived } from './panels/ingest/nothing-received.js';
import { RefusedPanel } from './panels/ingest/refused-panel.js';
import { SendersPanel } from './panels/ingest/senders-panel.js';
import { SpoolPanel } from './panels/ingest/spool-panel.js';
import { StaleBanner } from './panels/stale-banner.js';

export type IngestPageProps = {
  held: Exclude<Held<IngestStatus>, { kind: 'signed-out' }>;
  /** The page's clock, ms. */
  now: number;
  refresh: () => void;
};

/** What became of the telemetry that was sent: is it taken, is it stored, and if not, why. */
export function IngestPage({ held, now, refresh }: IngestPageProps) {
  switch (held.kind) {
    case 'loading':
      return <IngestSkeleton />;
    case 'failed':
      return <FailedPanel title="How ingest is doing is not known" failure={held.failure} retry={refresh} />;
    case 'held': {
      const { data, receivedAt, failure } = held;
      return (
        <>
          {failure !== null && (
            <StaleBanner failure={failure} ageMs={Math.max(0, now - receivedAt)} retry={refresh} />
          )}
          {panels(data, Math.max(0, now - receivedAt))}
        </>
      );
    }
  }
}

function panels(status: IngestStatus, ageMs: number) {
  const { accepted, recent, since, at } = status;
  if (accepted === null || recent === null || since === null || at === null) {
    return <NothingReceived title="No telemetry is taken here" note={status.note} />;
  }
  if (accepted.requests === 0 && status.refused.length === 0) {
    return (
      <NothingReceived
        title="Nothing has arrived yet"
        note="Since this process started, no telemetry of this tenant has come in. The page fills by itself when some does."
      />
    );
  }
  // Instants are the server's; what it answered is as old as the answer, so clocks need not agree.
  const serverNowMs = Date.parse(at) + ageMs;
  return (
    <>
      <h1 className="unseen">Ingest</h1>
      <IngestSummary status={status} accepted={accepted} recent={recent} />
      <div className="ingest">
        <AcceptedPanel accepted={accepted} recent={recent} since={since} nowMs={serverNowMs} />
        <SpoolPanel spool={status.spool} lagMs={status.lagMs} nowMs={serverNowMs} />
        <RefusedPanel refused={status.refused} />
        <BadPayloadsPanel badPayloads={status.badPayloads} nowMs={serverNowMs} />
        <SendersPanel senders={status.senders} nowMs={serverNowMs} />
        <LimitsPanel status={status} />
      </div>
      <p className="aside ingest-note">{status.note}</p>
    </>
  );
}
