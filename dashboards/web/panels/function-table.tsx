import type { RefObject } from 'preact';
import type { FunctionSummary } from '../../../schemas/functions.js';
import type { ChangeUrl } from '../browser/use-url-state.js';
import { columns } from '../view/columns.js';
import { functionKey } from '../view/function-key.js';
import { firstDirection } from '../view/sort-functions.js';
import type { UrlState } from '../view/url-state.js';
import type { VirtualWindow } from '../view/virtual-window.js';
import { FunctionRow } from './function-row.js';

/** The rows in view, and where they stand in the whole list. */
export type ShownRows = {
  rows: FunctionSummary[];
  view: VirtualWindow;
  total: number;
  current: number;
  serverNowMs: number;
  top: RefObject<HTMLDivElement | null>;
  open: (row: FunctionSummary) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

export type FunctionTableProps = ShownRows & { url: UrlState; changeUrl: ChangeUrl };

/** Table rows for those in view; padding stands for the rest, so the page scrolls as if all were there. */
export function FunctionTable(props: FunctionTableProps) {
  const { rows, view, total, current, serverNowMs, top, open, onKeyDown, url, changeUrl } = props;
  return (
    <div ref={top} style={{ paddingTop: `${view.beforePx}px`, paddingBottom: `${view.afterPx}px` }}>
      <table className="function-table" aria-rowcount={total + 1}>
        <caption className="unseen">Functions; arrow keys move, Enter opens</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} url={url} changeUrl={changeUrl} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <FunctionRow
              key={functionKey(row)}
              row={row}
              index={view.first + index}
              isCurrent={view.first + index === current}
              serverNowMs={serverNowMs}
              open={open}
              onKeyDown={onKeyDown}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadCellProps = { column: (typeof columns)[number]; url: UrlState; changeUrl: ChangeUrl };

function HeadCell({ column: { key, label, title }, url, changeUrl }: HeadCellProps) {
  const isSorted = url.sort === key;
  const sortOrder = url.direction === 'asc' ? 'ascending' : 'descending';
  const turned = url.direction === 'asc' ? 'desc' : 'asc';
  return (
    <th scope="col" className={`col-${key}`} aria-sort={isSorted ? sortOrder : 'none'}>
      <button
        type="button"
        title={title}
        onClick={() => changeUrl({ sort: key, direction: isSorted ? turned : firstDirection(key) })}
      >
        {label}
        <svg className="sort-arrow" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
          <path
            d={isSorted && url.direction === 'asc' ? 'M4 1.5 7 6H1z' : 'M4 6.5 1 2h6z'}
            fill="currentColor"
          />
        </svg>
      </button>
    </th>
  );
}
