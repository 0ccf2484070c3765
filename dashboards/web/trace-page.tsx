import { useMemo, useState } from 'preact/hooks';
import type { Trace } from '../../schemas/trace.js';
import { useMedia } from './browser/use-media.js';
import { SpanDetails } from './panels/trace/span-details.js';
import { TraceHead } from './panels/trace/trace-head.js';
import { Waterfall } from './panels/trace/waterfall.js';
import { traceView } from './view/trace/trace-rows.js';

export type TracePageProps = {
  trace: Trace;
  /** Id of the span whose details are shown. */
  selected: string | null;
  select: (spanId: string | null) => void;
};

/** One trace: what waited for what, and what was said on the way. */
export function TracePage({ trace, selected, select }: TracePageProps) {
  const [withLogs, setWithLogs] = useState(true);
  const narrow = useMedia('(max-width: 63.99rem)');
  const view = useMemo(() => traceView(trace, withLogs), [trace, withLogs]);
  // Beside the waterfall there is room for details at once; above it they would hide it.
  const shown = selected ?? (narrow ? null : (trace.spans[0]?.spanId ?? null));
  const span = trace.spans.find(({ spanId }) => spanId === shown);
  return (
    <>
      <TraceHead trace={trace} view={view} withLogs={withLogs} setWithLogs={setWithLogs} />
      <div className="trace">
        {trace.spans.length === 0 && trace.logs.length === 0 ? (
          <section className="panel debug-panel">
            <p className="debug-nothing">
              The invocation is known, but no span or log record of this trace is stored: spans live 14 days.
            </p>
          </section>
        ) : (
          <Waterfall view={view} selected={shown} select={select} />
        )}
        {span !== undefined && (
          <SpanDetails
            key={span.spanId}
            span={span}
            trace={trace}
            close={narrow ? () => select(null) : null}
          />
        )}
      </div>
    </>
  );
}
