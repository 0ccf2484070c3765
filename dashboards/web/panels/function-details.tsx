import { useEffect, useRef } from 'preact/hooks';
import type { FunctionSummary } from '../../../schemas/functions.js';
import { exactCount, formatCount } from '../view/format-count.js';
import { formatDuration } from '../view/format-duration.js';
import { formatRatio } from '../view/format-ratio.js';
import { functionHref } from '../view/function-href.js';
import { outcomeRows } from '../view/outcome-rows.js';
import type { TimeRangeId } from '../view/time-range.js';
import { unknownFigures } from '../view/why-unknown.js';
import { Figure } from './figure.js';
import { FunctionInventory } from './function-inventory.js';
import { Places } from './places.js';
import { ShareBar } from './share-bar.js';

export type FunctionDetailsProps = { summary: FunctionSummary; range: TimeRangeId; close: () => void };

/** Everything known about one function in the time range, and what is not known, with the reason. */
export function FunctionDetails({ summary, range, close }: FunctionDetailsProps) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="details" aria-labelledby="details-title" closedby="any" onClose={close}>
      <div className="details-body">
        <header className="details-head">
          <div className="details-title">
            <h2 id="details-title" title={summary.function}>
              <bdi>{summary.function}</bdi>
            </h2>
            <Places summary={summary} />
          </div>
          <button
            type="button"
            className="icon-button"
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path
                d="M2 2l10 10M12 2 2 12"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linecap="round"
              />
            </svg>
          </button>
        </header>
        <a
          className="button primary details-more"
          href={functionHref(summary.function, summary.environment, range)}
        >
          Latency, errors, invocations and traces
        </a>
        <Facts summary={summary} />
        <FunctionInventory summary={summary} range={range} />
        <Unknown summary={summary} />
      </div>
    </dialog>
  );
}

function Facts({ summary }: { summary: FunctionSummary }) {
  const ranNone = 'none of its invocations ran';
  return (
    <>
      <section aria-label="Success">
        <p className="details-figure">
          <Figure text={formatRatio(summary.successRatio)} />
          <span className="aside"> of {exactCount(summary.invocations)} invocations ended well</span>
        </p>
        <ShareBar bad={summary.bad} total={summary.invocations} />
        <dl className="facts">
          {outcomeRows(summary).map(({ label, count, kind }) => (
            <div key={label} data-kind={kind}>
              <dt>{label}</dt>
              <dd>{exactCount(count)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>Duration</h3>
        <dl className="facts">
          <Fact label="p50" text={formatDuration(summary.p50Ms)} title={ranNone} />
          <Fact label="p95" text={formatDuration(summary.p95Ms)} title={ranNone} />
          <Fact label="p99" text={formatDuration(summary.p99Ms)} title={ranNone} />
          <Fact
            label="Cold starts"
            text={formatCount(summary.coldStarts)}
            title={`${formatRatio(summary.coldStartRatio)} of invocations`}
          />
        </dl>
      </section>
    </>
  );
}

/** Figures nobody can know yet, each with the reason. */
function Unknown({ summary }: { summary: FunctionSummary }) {
  const figures = unknownFigures(summary);
  if (figures.length === 0) return null;
  return (
    <section>
      <h3>Not known yet</h3>
      <dl className="facts">
        {figures.map(({ label, why }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="aside">{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Fact({ label, text, title }: { label: string; text: string; title: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Figure text={text} title={title} />
      </dd>
    </div>
  );
}
