import { invocationMarks } from '../../view/debug/invocation-words.js';
import { formatDuration } from '../../view/format-duration.js';
import { logLevel } from '../../view/trace/log-level.js';
import type { ExceptionRow, LogRow, SpanRow, TraceRow } from '../../view/trace/trace-rows.js';
import { Marks } from '../debug/marks.js';

export type WaterfallRowProps = {
  row: TraceRow;
  index: number;
  /** What the bars are drawn in, ms since 1970. */
  span: { startMs: number; endMs: number };
  isCurrent: boolean;
  selected: string | null;
  select: (spanId: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** Deeper than this, names would leave no room for themselves. */
const deepest = 14;

/** A span with its bar, or something said while it ran. */
export function WaterfallRow({
  row,
  index,
  span,
  isCurrent,
  selected,
  select,
  onKeyDown,
}: WaterfallRowProps) {
  const spanId = row.kind === 'span' ? row.node.span.spanId : row.spanId;
  const depth = Math.min(deepest, row.kind === 'span' ? row.node.depth : row.depth);
  return (
    <button
      type="button"
      className="wf-row"
      data-row={index}
      data-kind={row.kind}
      data-bad={row.kind === 'span' && row.node.span.status === 'error'}
      aria-pressed={row.kind === 'span' && spanId === selected}
      tabIndex={isCurrent ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (spanId !== null) select(spanId);
      }}
    >
      {row.kind === 'span' ? (
        <SpanCells row={row} depth={depth} span={span} />
      ) : (
        <SaidCells row={row} depth={depth} span={span} />
      )}
    </button>
  );
}

type CellsProps<Row> = { row: Row; depth: number; span: { startMs: number; endMs: number } };

function SpanCells({ row: { node, invocation, critical }, depth, span }: CellsProps<SpanRow>) {
  const { name, service, durationMs, status, isOrphan, skewMs } = node.span;
  const share = shareOf(span);
  const left = share(node.startMs);
  const width = share(node.endMs) - left;
  // The figure stands where the bar leaves room for it.
  const side = left + width < 0.82 ? 'after' : left > 0.18 ? 'before' : 'inside';
  return (
    <>
      <span className="wf-name" style={{ paddingLeft: `${depth * 0.75}rem` }} title={`${service}: ${name}`}>
        <bdi>{name === '' ? '(no name)' : name}</bdi>
        <span className="aside">
          <bdi>{service}</bdi>
        </span>
        {status === 'error' && (
          <span className="mark-chip" data-kind="bad">
            error
          </span>
        )}
        {invocation !== null && <Marks marks={invocationMarks(invocation)} />}
        {isOrphan && (
          <span className="mark-chip" data-kind="quiet" title="It names a parent that is not stored">
            orphan
          </span>
        )}
        {skewMs !== null && (
          <span
            className="mark-chip"
            data-kind="quiet"
            title={`It starts ${formatDuration(skewMs)} before its parent: another clock`}
          >
            clock
          </span>
        )}
      </span>
      <span className="wf-time">
        <span className="wf-bar" style={{ left: percent(left), width: percent(width) }} />
        {critical.map(({ fromMs, toMs }) => (
          <span
            key={fromMs}
            className="wf-critical"
            style={{ left: percent(share(fromMs)), width: percent(share(toMs) - share(fromMs)) }}
          />
        ))}
        <span
          className="wf-took"
          data-side={side}
          style={
            side === 'before'
              ? { right: percent(1 - left) }
              : { left: percent(side === 'after' ? left + width : left) }
          }
        >
          {formatDuration(durationMs)}
          {critical.length > 0 && <span className="unseen">, on the critical path</span>}
        </span>
      </span>
    </>
  );
}

function SaidCells({ row, depth, span }: CellsProps<ExceptionRow | LogRow>) {
  const level =
    row.kind === 'exception'
      ? { word: 'exception', kind: 'error' }
      : logLevel(row.log.severity, row.log.severityText);
  const text = row.kind === 'exception' ? `${row.type}: ${row.message}` : row.log.body || row.log.eventName;
  return (
    <>
      <span className="wf-name wf-said" style={{ paddingLeft: `${depth * 0.75}rem` }} title={text}>
        <span className="wf-level" data-kind={level.kind}>
          {level.word}
        </span>
        <bdi>{text}</bdi>
      </span>
      <span className="wf-time">
        <span className="wf-dot" data-kind={level.kind} style={{ left: percent(shareOf(span)(row.atMs)) }} />
      </span>
    </>
  );
}

function shareOf({ startMs, endMs }: { startMs: number; endMs: number }): (atMs: number) => number {
  return (atMs) => Math.max(0, Math.min(1, (atMs - startMs) / (endMs - startMs)));
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(3)}%`;
}
