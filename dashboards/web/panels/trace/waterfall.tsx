import { useEffect, useRef } from 'preact/hooks';
import { useMedia } from '../../browser/use-media.js';
import { useRem } from '../../browser/use-rem.js';
import { useRowFocus } from '../../browser/use-row-focus.js';
import { useRowsInView } from '../../browser/use-rows-in-view.js';
import { traceAxis } from '../../view/trace/trace-axis.js';
import type { TraceView } from '../../view/trace/trace-rows.js';
import { WaterfallRow } from './waterfall-row.js';

export type WaterfallProps = {
  view: TraceView;
  selected: string | null;
  select: (spanId: string) => void;
};

/** Spans over time, as far as in view. */
export function Waterfall({ view: { rows, startMs, endMs }, selected, select }: WaterfallProps) {
  const narrow = useMedia('(max-width: 47.99rem)');
  const rem = useRem();
  // Also in styles/trace.css.
  const rowPx = (narrow ? 3 : 1.875) * rem;
  const { view, top } = useRowsInView(rows.length, rowPx);
  const axis = traceAxis(endMs - startMs);
  const most = useRef(1);
  const list = useRef<HTMLUListElement | null>(null);
  const { current, focusRow, onKeyDown } = useRowFocus(rows.length, rowPx, top, list);
  const linked = useRef(selected);
  most.current = Math.max(most.current, view.end - view.first);
  const slots = most.current;

  // A link to a span leads to it, wherever in the trace it is.
  useEffect(() => {
    const index = rows.findIndex((row) => row.kind === 'span' && row.node.span.spanId === linked.current);
    if (index > 0) focusRow(index);
    linked.current = null;
  }, [rows, focusRow]);

  return (
    <section
      className="panel waterfall"
      aria-labelledby="waterfall-title"
      style={{ '--step': `${axis.stepRatio * 100}%` }}
    >
      <h2 className="unseen" id="waterfall-title">
        Spans, {rows.length} rows; arrow keys move, Enter shows the attributes
      </h2>
      <div className="waterfall-axis" aria-hidden="true">
        <div>
          {axis.labels.map(({ label, ratio }) => (
            <span key={label} style={{ left: `${ratio * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      <div ref={top} style={{ paddingTop: `${view.beforePx}px`, paddingBottom: `${view.afterPx}px` }}>
        <ul ref={list}>
          {rows.slice(view.first, view.end).map((row, offset) => {
            const index = view.first + offset;
            // A row that leaves at one end is the one that comes in at the other: changing it is cheaper than making another.
            return (
              <li key={index % slots} aria-setsize={rows.length} aria-posinset={index + 1}>
                <WaterfallRow
                  row={row}
                  index={index}
                  span={{ startMs, endMs }}
                  isCurrent={index === current}
                  selected={selected}
                  select={select}
                  onKeyDown={onKeyDown}
                />
              </li>
            );
          })}
        </ul>
      </div>
      <p className="aside waterfall-legend">
        <i className="swatch" data-kind="critical" /> critical path: what the duration is made of
      </p>
    </section>
  );
}
