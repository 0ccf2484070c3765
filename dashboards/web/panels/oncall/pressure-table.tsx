import { unknown } from '../../view/figure.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { PressureRow } from '../../view/oncall/pressure-rows.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

/** How near functions are to what they may do at once. */
export function PressureTable({ rows, range }: { rows: readonly PressureRow[]; range: TimeRangeId }) {
  return (
    <table className="debug-table">
      <caption className="unseen">Functions by throttled calls, then by runs at one instant</caption>
      <thead>
        <tr>
          <th scope="col">Function</th>
          <th scope="col" className="number">
            At once
          </th>
          <th scope="col" className="number">
            Throttled
          </th>
          <th scope="col" className="number wide-only">
            Of all calls
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <FunctionCell row={row} range={range} />
            <td
              className="number"
              title={row.concurrencyMax === null ? undefined : exactCount(row.concurrencyMax)}
            >
              <Figure
                text={row.concurrencyMax === null ? unknown : formatCount(row.concurrencyMax)}
                title="worked out within a minute"
              />
            </td>
            <td className="number" data-bad={(row.throttles ?? 0) > 0}>
              <Figure
                text={row.throttles === null ? unknown : formatCount(row.throttles)}
                title="no provider counts it"
              />
            </td>
            <td className="number wide-only">
              <Figure text={formatRatio(row.throttleRatio)} title="no provider counts it" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
