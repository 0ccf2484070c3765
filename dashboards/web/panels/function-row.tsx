import type { FunctionSummary } from '../../../schemas/functions.js';
import { formatAgo } from '../view/format-ago.js';
import { exactCount, formatCount } from '../view/format-count.js';
import { formatDuration } from '../view/format-duration.js';
import { formatRatio } from '../view/format-ratio.js';
import { Figure } from './figure.js';
import { Places } from './places.js';
import { ShareBar } from './share-bar.js';

export type FunctionRowProps = {
  row: FunctionSummary;
  index: number;
  isCurrent: boolean;
  serverNowMs: number;
  open: (row: FunctionSummary) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

const nothingRan = 'none of its invocations ran';

/** One function. The name is the button; the rest of the row may be clicked as well. */
export function FunctionRow({ row, index, isCurrent, serverNowMs, open, onKeyDown }: FunctionRowProps) {
  return (
    <tr aria-rowindex={index + 2} data-failing={row.bad > 0} onClick={() => open(row)}>
      <th scope="row" className="col-function">
        <button
          type="button"
          className="name"
          data-row={index}
          tabIndex={isCurrent ? 0 : -1}
          title={row.function}
          aria-haspopup="dialog"
          onKeyDown={onKeyDown}
          onClick={(event) => {
            event.stopPropagation();
            open(row);
          }}
        >
          <bdi>{row.function}</bdi>
        </button>
        <Places summary={row} />
      </th>
      <td className="col-errors">
        <div className="success">
          <Figure text={formatRatio(row.successRatio)} />
          {row.bad > 0 && (
            <span className="failed" title={`${exactCount(row.bad)} failed`}>
              {formatCount(row.bad)} failed
            </span>
          )}
        </div>
        <ShareBar bad={row.bad} total={row.invocations} />
      </td>
      <td className="col-invocations">
        <Figure text={formatCount(row.invocations)} title={exactCount(row.invocations)} />
      </td>
      <td className="col-p50">
        <Figure text={formatDuration(row.p50Ms)} title={row.p50Ms === null ? nothingRan : undefined} />
      </td>
      <td className="col-p95">
        <Figure text={formatDuration(row.p95Ms)} title={row.p95Ms === null ? nothingRan : undefined} />
      </td>
      <td className="col-p99">
        <Figure text={formatDuration(row.p99Ms)} title={row.p99Ms === null ? nothingRan : undefined} />
      </td>
      <td className="col-cold">
        <Figure text={formatCount(row.coldStarts)} title={exactCount(row.coldStarts)} />
        {row.coldStarts > 0 && <span className="aside">{formatRatio(row.coldStartRatio)}</span>}
      </td>
      <td className="col-seen">
        <time dateTime={row.lastSeenAt} title={row.lastSeenAt}>
          {formatAgo(serverNowMs - Date.parse(row.lastSeenAt))}
        </time>
      </td>
    </tr>
  );
}
