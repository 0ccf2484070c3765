import type { AnomaliesAnswer } from '../../../../schemas/cost/anomalies.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

export type AnomalyTableProps = { rows: AnomaliesAnswer['anomalies']; range: TimeRangeId };

const mostShown = 8;

/** Functions that cost far more than they did, and the largest reason. */
export function AnomalyTable({ rows, range }: AnomalyTableProps) {
  return (
    <table className="debug-table">
      <caption className="unseen">Functions that cost far more than the day before</caption>
      <thead>
        <tr>
          <th scope="col">Function</th>
          <th scope="col" className="cause">
            Cause
          </th>
          <th scope="col" className="number wide-only">
            Times
          </th>
          <th scope="col" className="number">
            A day
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostShown).map((row) => (
          <tr key={JSON.stringify([row.function, row.environment, row.team])}>
            <FunctionCell row={row} range={range} />
            <td className="cause">{row.cause}</td>
            <td
              className="number wide-only"
              title={`${exactUsd(row.costUsd)} against ${exactUsd(row.expectedUsd)}`}
            >
              {row.factor === null ? 'new' : `${row.factor.toFixed(1)} ×`}
            </td>
            <td className="number" title="If it goes on">
              <Figure text={formatUsd(row.perDayUsd)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
