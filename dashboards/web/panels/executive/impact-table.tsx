import type { ImpactRow } from '../../view/executive/impact-rows.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

/** The functions whose failures are the most of all failures. */
export function ImpactTable({ rows, range }: { rows: readonly ImpactRow[]; range: TimeRangeId }) {
  return (
    <table className="debug-table">
      <caption className="unseen">Functions by failures, most first</caption>
      <thead>
        <tr>
          <th scope="col">Function</th>
          <th scope="col" className="number">
            Failed
          </th>
          <th scope="col" className="number wide-only">
            Share
          </th>
          <th scope="col" className="number">
            Success
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <FunctionCell row={row} range={range} />
            <td className="number" title={exactCount(row.bad)}>
              <Figure text={formatCount(row.bad)} />
            </td>
            <td className="number wide-only" title="Of all failures">
              <Figure text={formatRatio(row.shareRatio)} />
            </td>
            <td className="number">
              <Figure text={formatRatio(row.successRatio)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
