import type { Trace, TraceSpan } from '../../../../schemas/trace.js';
import { exactClockTime } from '../../view/clock-time.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { invocationMarks, outcomeLabels } from '../../view/debug/invocation-words.js';
import { formatDuration } from '../../view/format-duration.js';
import { functionHref } from '../../view/function-href.js';
import { defaultRange } from '../../view/time-range.js';
import { Marks } from '../debug/marks.js';
import { Attributes } from './attributes.js';
import { CopyButton } from './copy-button.js';

export type SpanDetailsProps = {
  span: TraceSpan;
  trace: Trace;
  /** Null where the details stand beside the waterfall and cover nothing. */
  close: (() => void) | null;
};

/** Everything one span carries. */
export function SpanDetails({ span, trace, close }: SpanDetailsProps) {
  const invocation = trace.invocations.find(({ spanId }) => spanId === span.spanId);
  const logs = trace.logs.filter(({ spanId }) => spanId === span.spanId);
  const said = logs.filter(({ attributes }) => Object.keys(attributes).length > 0).slice(0, 20);
  return (
    <section className="panel span-details" aria-label="Selected span">
      <header className="span-head">
        <h2 title={span.name}>
          <bdi>{span.name === '' ? '(no name)' : span.name}</bdi>
        </h2>
        {close !== null && (
          <button type="button" className="button small" onClick={close}>
            Close
          </button>
        )}
      </header>
      {invocation !== undefined && (
        <p className="span-invocation">
          <span className="outcome-chip" data-outcome={invocation.outcome}>
            {outcomeLabels[invocation.outcome]}
          </span>
          <Marks marks={invocationMarks(invocation)} />
          <a href={functionHref(invocation.function, invocation.environment, defaultRange)}>
            <bdi>{invocation.function}</bdi>
          </a>
        </p>
      )}
      {span.statusMessage !== '' && <p className="bad-text span-status">{span.statusMessage}</p>}
      <dl className="facts">
        <Fact label="Took" text={formatDuration(span.durationMs)} />
        <Fact label="Started" text={exactClockTime(Date.parse(span.startedAt))} />
        <Fact label="Service" text={span.service} />
        <Fact label="Kind" text={span.kind} />
        <Fact label="Span id" text={span.spanId} copy="the span id" />
        {invocation !== undefined && invocation.invocationId !== '' && (
          <Fact label="Invocation" text={invocation.invocationId} copy="the invocation id" />
        )}
      </dl>
      <Attributes title="Attributes" attributes={span.attributes} isOpen />
      {span.events.map(({ at, name, attributes }) => (
        <Attributes
          key={`${at}/${name}`}
          title={name === 'exception' ? `Exception ${attributes['exception.type'] ?? ''}` : `Event ${name}`}
          attributes={attributes}
          isOpen={name === 'exception'}
        />
      ))}
      {span.links.length > 0 && (
        <div className="span-links">
          <h3>Links to other traces</h3>
          <ul>
            {span.links.slice(0, 20).map((link) => (
              <li key={`${link.traceId}/${link.spanId}`}>
                <a href={traceHref(link.traceId, link.spanId)}>
                  <code>{link.traceId}</code>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {said.map(({ at, body, attributes }) => (
        <Attributes key={`${at}/${body}`} title={`Log ${body}`} attributes={attributes} isOpen={false} />
      ))}
      <Attributes title="Resource" attributes={trace.resources[span.resource] ?? {}} isOpen={false} />
    </section>
  );
}

function Fact({ label, text, copy }: { label: string; text: string; copy?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{text === '' ? 'not told' : text}</bdi>
        {copy !== undefined && <CopyButton what={copy} text={text} />}
      </dd>
    </div>
  );
}
