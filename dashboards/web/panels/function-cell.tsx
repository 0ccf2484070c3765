import { functionHref } from '../view/function-href.js';
import type { TimeRangeId } from '../view/time-range.js';

export type FunctionCellProps = {
  row: { function: string; environment: string; team: string };
  range: TimeRangeId;
};

/** The head of a row about one function: a link to it, and whose it is. */
export function FunctionCell({ row, range }: FunctionCellProps) {
  return (
    <th scope="row" title={row.function}>
      <a href={functionHref(row.function, row.environment, range)}>
        <bdi>{row.function}</bdi>
      </a>{' '}
      <span className="aside">
        <bdi>{row.team}</bdi>
      </span>
    </th>
  );
}
