import { useEffect, useRef } from 'preact/hooks';
import { type ListedInvocations, mostRows } from '../../browser/use-invocation-pages.js';
import { useMedia } from '../../browser/use-media.js';
import { useRem } from '../../browser/use-rem.js';
import { useRowFocus } from '../../browser/use-row-focus.js';
import { useRowsInView } from '../../browser/use-rows-in-view.js';
import { exactCount } from '../../view/format-count.js';
import { InvocationLine } from './invocation-line.js';

export type InvocationListProps = { list: ListedInvocations; more: () => void };

/** Rows before the end at which the next page is asked for. */
const aheadRows = 30;
const dayMs = 24 * 3_600_000;

/** Invocations, newest first: drawn in view, asked for page by page while scrolling. */
export function InvocationList({ list, more }: InvocationListProps) {
  const narrow = useMedia('(max-width: 47.99rem)');
  const rem = useRem();
  // Also in styles/invocations.css.
  const rowPx = (narrow ? 4 : 2.5) * rem;
  const { rows, tail, partial, failure } = list;
  const withDate = Date.parse(list.to) - Date.parse(list.from) >= dayMs;
  const { view, top } = useRowsInView(rows.length, rowPx);
  const body = useRef<HTMLTableSectionElement | null>(null);
  const { current, onKeyDown } = useRowFocus(rows.length, rowPx, top, body);
  const isNearEnd = view.end + aheadRows >= rows.length;

  useEffect(() => {
    if (isNearEnd && tail === 'more' && failure === null && !partial) more();
  }, [isNearEnd, tail, failure, partial, more]);

  return (
    <>
      <div ref={top} style={{ paddingTop: `${view.beforePx}px`, paddingBottom: `${view.afterPx}px` }}>
        <table className="invocations" aria-rowcount={tail === 'end' ? rows.length + 1 : -1}>
          <caption className="unseen">
            Invocations, newest first; arrow keys move, Enter opens the trace
          </caption>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className="inv-time">
                Started
              </th>
              <th scope="col" className="inv-outcome">
                Outcome
              </th>
              <th scope="col" className="inv-duration">
                Took
              </th>
              <th scope="col" className="inv-what">
                What happened
              </th>
              <th scope="col" className="inv-version">
                Version
              </th>
              <th scope="col" className="inv-id">
                Invocation id
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.slice(view.first, view.end).map((row, offset) => {
              const index = view.first + offset;
              return (
                <InvocationLine
                  key={`${index}/${row.startedAt}`}
                  row={row}
                  index={index}
                  withDate={withDate}
                  isCurrent={index === current}
                  onKeyDown={onKeyDown}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="aside debug-foot" role="status">
        {tailText(list)}{' '}
        {(failure !== null || (partial && tail === 'more')) && (
          <button type="button" className="link" onClick={more}>
            Go on
          </button>
        )}
      </p>
    </>
  );
}

function tailText({ rows, tail, partial, failure }: ListedInvocations): string {
  if (failure !== null) return `${failure.message}. ${failure.remedy}`;
  const count = exactCount(rows.length);
  switch (tail) {
    case 'asking':
      return 'Reading older ones…';
    case 'end':
      return `All ${count} of this window.`;
    case 'full':
      return `The newest ${exactCount(mostRows)} are listed; narrow the filters to see older ones.`;
    case 'more':
      return partial ? `${count} found so far; the search took long and paused.` : `The newest ${count}.`;
  }
}
