import { formatUsd } from '../../view/cost/money.js';
import type { ImpactRow } from '../../view/executive/impact-rows.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

export type ImpactTableProps = { rows: readonly ImpactRow[]; isValued: boolean; range: TimeRangeId };

/** The functions whose failures cost most; by their number where nothing is said of what runs are worth. */
export function ImpactTable({ rows, isValued, range }: ImpactTableProps) {
  return (
    <>
      <table className="debug-table">
        <caption className="unseen">Functions by what their failures cost, most first</caption>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col" className="number">
              Lost
            </th>
            <th scope="col" className={isValued ? 'number wide-only' : 'number'}>
              Success
            </th>
            {isValued && (
              <th scope="col" className="number">
                At stake
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <FunctionCell row={row} range={range} />
              <td className="number" title={exactCount(row.lost)}>
                <Figure text={formatCount(row.lost)} />
              </td>
              <td className={isValued ? 'number wide-only' : 'number'}>
                <Figure text={formatRatio(row.successRatio)} title="not among the busiest" />
              </td>
              {isValued && (
                <td className="number" title={stakeTitle(row)}>
                  <Figure text={formatUsd(row.atStakeUsd)} title="nothing says what a run of it is worth" />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!isValued && (
        <p className="aside debug-foot">
          Say what runs are worth, as <code>business.values</code> in coldburn.yaml, to see what failures
          cost.
        </p>
      )}
    </>
  );
}

function stakeTitle({ lost, told, usdPerRun }: ImpactRow): string | undefined {
  const parts = [
    ...(told > 0 ? [`${exactCount(told)} told what they were worth`] : []),
    ...(usdPerRun !== null && lost > told ? [`${exactCount(lost - told)} at $${usdPerRun}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
