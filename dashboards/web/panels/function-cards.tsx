import type { FunctionSummary } from '../../../schemas/functions.js';
import { formatAgo } from '../view/format-ago.js';
import { formatCount } from '../view/format-count.js';
import { formatDuration } from '../view/format-duration.js';
import { formatRatio } from '../view/format-ratio.js';
import { functionKey } from '../view/function-key.js';
import { Figure } from './figure.js';
import type { ShownRows } from './function-table.js';
import { Places } from './places.js';
import { ShareBar } from './share-bar.js';

/** The same list for narrow screens. */
export function FunctionCards({ rows, view, total, current, serverNowMs, top, open, onKeyDown }: ShownRows) {
  return (
    <div ref={top} style={{ paddingTop: `${view.beforePx}px`, paddingBottom: `${view.afterPx}px` }}>
      <ul className="cards">
        {rows.map((row, index) => (
          <li key={functionKey(row)} aria-setsize={total} aria-posinset={view.first + index + 1}>
            <button
              type="button"
              className="card"
              data-row={view.first + index}
              data-failing={row.bad > 0}
              tabIndex={view.first + index === current ? 0 : -1}
              aria-haspopup="dialog"
              onClick={() => open(row)}
              onKeyDown={onKeyDown}
            >
              <Card row={row} serverNowMs={serverNowMs} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Card({ row, serverNowMs }: { row: FunctionSummary; serverNowMs: number }) {
  return (
    <>
      <span className="card-head">
        <span className="name" title={row.function}>
          <bdi>{row.function}</bdi>
        </span>
        <span className="aside">{formatAgo(serverNowMs - Date.parse(row.lastSeenAt))}</span>
      </span>
      <Places summary={row} />
      <span className="card-success">
        <span className="success">
          <Figure text={formatRatio(row.successRatio)} />
          {row.bad > 0 && <span className="failed">{formatCount(row.bad)} failed</span>}
        </span>
        <ShareBar bad={row.bad} total={row.invocations} />
      </span>
      <span className="card-figures">
        <CardFigure label="Invocations" text={formatCount(row.invocations)} />
        <CardFigure label="p50" text={formatDuration(row.p50Ms)} />
        <CardFigure label="p95" text={formatDuration(row.p95Ms)} />
        <CardFigure label="Cold" text={formatCount(row.coldStarts)} />
      </span>
    </>
  );
}

function CardFigure({ label, text }: { label: string; text: string }) {
  return (
    <span className="card-figure">
      <span className="card-label">{label} </span>
      <Figure text={text} />
    </span>
  );
}
