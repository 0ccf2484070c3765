import type { Trace } from '../../../../schemas/trace.js';
import { dateTime } from '../../view/clock-time.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { functionHref } from '../../view/function-href.js';
import { defaultRange } from '../../view/time-range.js';
import type { TraceView } from '../../view/trace/trace-rows.js';
import { CopyButton } from './copy-button.js';

export type TraceHeadProps = {
  trace: Trace;
  view: TraceView;
  withLogs: boolean;
  setWithLogs: (withLogs: boolean) => void;
};

/** Which trace, how long, how many, and the way to its functions. */
export function TraceHead({ trace, view, withLogs, setWithLogs }: TraceHeadProps) {
  const functions = new Map(
    trace.invocations.map((one) => [JSON.stringify([one.function, one.environment]), one]),
  );
  const spans = exactCount(trace.spans.length);
  return (
    <header className="trace-head">
      <div className="trace-name">
        <nav className="trace-functions" aria-label="Functions of this trace">
          {[...functions].slice(0, 6).map(([key, { function: name, environment }], index) => (
            <a
              key={key}
              className={index === 0 ? 'back' : 'back also'}
              href={functionHref(name, environment, defaultRange)}
              title={name}
            >
              {index === 0 && <span aria-hidden="true">← </span>}
              <bdi>{name}</bdi>
            </a>
          ))}
        </nav>
        <h1>
          Trace <code>{trace.traceId}</code> <CopyButton what="the trace id" text={trace.traceId} />
        </h1>
      </div>
      <dl className="trace-facts">
        <Fact label="Duration" text={formatDuration(view.endMs - view.startMs)} />
        <Fact label="Spans" text={trace.spansTruncated ? `first ${spans}` : spans} />
        <Fact label="Services" text={exactCount(view.services.length)} />
        <Fact label="Errors" text={exactCount(view.errors)} bad={view.errors > 0} />
        <Fact label="Started" text={dateTime(view.startMs)} />
      </dl>
      {trace.logs.length > 0 && (
        <label className="trace-logs">
          <input
            type="checkbox"
            checked={withLogs}
            onChange={({ currentTarget }) => setWithLogs(currentTarget.checked)}
          />
          {exactCount(trace.logs.length)} log records{trace.logsTruncated ? ', the first of more' : ''}
        </label>
      )}
    </header>
  );
}

function Fact({ label, text, bad = false }: { label: string; text: string; bad?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={bad ? 'bad-text' : ''}>{text}</dd>
    </div>
  );
}
