import { Fragment } from 'preact';
import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { limitSentence, signalLabels } from '../../view/ingest-view.js';

/** What was stored differently from how it came, and what was not stored on purpose. */
export function LimitsPanel({ status }: { status: IngestStatus }) {
  const { limits, sampling, redactions, duplicateRequests, ignoredFields } = status;
  const redacted = redactions.reduce((sum, { count }) => sum + count, 0);
  const sampled =
    sampling === null ? [] : (['spans', 'logRecords'] as const).map((key) => ({ key, ...sampling[key] }));
  return (
    <section className="panel ingest-panel" aria-labelledby="changed-title">
      <header className="ingest-head">
        <h2 id="changed-title">Changed on the way in</h2>
      </header>
      <dl className="ingest-facts">
        {limits.map((limit) => (
          <Fragment key={limit.limit}>
            <dt>
              Over <code>{limit.limit}</code>
            </dt>
            <dd title={`ingest.limits.${limit.limit} is ${exactCount(limit.allowed)}`}>
              {limitSentence(limit)}
            </dd>
          </Fragment>
        ))}
        {limits.length === 0 && (
          <>
            <dt>Limits</dt>
            <dd>none reached</dd>
          </>
        )}
        {sampled.map(({ key, keptRatio, kept, dropped }) => (
          <Fragment key={key}>
            <dt>{signalLabels[key]} sampled</dt>
            {keptRatio === 1 ? (
              <dd>all kept</dd>
            ) : (
              <dd title={sampledTitle({ keptRatio, kept })}>
                {formatCount(dropped)} of {formatCount(dropped + keptCount(kept))} left out
              </dd>
            )}
          </Fragment>
        ))}
        <dt>Secrets replaced</dt>
        <dd title={redactions.map(({ rule, count }) => `${rule}: ${exactCount(count)}`).join(', ')}>
          {formatCount(redacted)}
        </dd>
        <dt>Repeated requests</dt>
        <dd>{duplicateRequests === 0 ? 'none' : `${formatCount(duplicateRequests)}, stored once`}</dd>
        {ignoredFields > 0 && (
          <>
            <dt>JSON fields ignored</dt>
            <dd>{formatCount(ignoredFields)} of the wrong type</dd>
          </>
        )}
      </dl>
    </section>
  );
}

type Sampled = NonNullable<IngestStatus['sampling']>['spans'];

function keptCount({ error, slow, cold, ratio }: Sampled['kept']): number {
  return error + slow + cold + ratio;
}

function sampledTitle({ keptRatio, kept }: Pick<Sampled, 'keptRatio' | 'kept'>): string {
  const { error, slow, cold, ratio } = kept;
  return `Kept: ${exactCount(error)} for an error, ${exactCount(slow)} slow, ${exactCount(cold)} cold, ${exactCount(ratio)} of the ${formatRatio(keptRatio)} of the rest`;
}
