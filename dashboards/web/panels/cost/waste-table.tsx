import { type WasteLine, wasteWords } from '../../view/cost/cost-words.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import type { TimeRangeId } from '../../view/time-range.js';
import { Figure } from '../figure.js';
import { FunctionCell } from '../function-cell.js';

const mostShown = 12;

/** Money that bought nothing, the dearest cause first. */
export function WasteTable({ lines, range }: { lines: readonly WasteLine[]; range: TimeRangeId }) {
  return (
    <>
      <table className="debug-table">
        <caption className="unseen">Waste by function and cause, dearest first</caption>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col" className="cause">
              Cause
            </th>
            <th scope="col" className="number wide-only">
              Runs
            </th>
            <th scope="col" className="number">
              Wasted
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, mostShown).map((line) => (
            <tr key={JSON.stringify([line.function, line.environment, line.team, line.kind])}>
              <FunctionCell row={line} range={range} />
              <td className="cause" title={line.rule}>
                {wasteWords[line.kind]}
              </td>
              <td className="number wide-only">
                {line.invocations !== null && (
                  <Figure text={formatCount(line.invocations)} title={exactCount(line.invocations)} />
                )}
              </td>
              <td className="number">
                <Figure text={formatUsd(line.costUsd)} title={exactUsd(line.costUsd)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > mostShown && (
        <p className="aside debug-foot">
          The {mostShown} dearest of {exactCount(lines.length)}.
        </p>
      )}
    </>
  );
}
