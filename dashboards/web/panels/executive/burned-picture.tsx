import { axisEnd, type BurnedRow } from '../../view/executive/burned-rows.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';

const mostShown = 7;

/** Error budget and money of each team on one axis: the line is all that was allowed. */
export function BurnedPicture({
  rows,
  elapsedRatio,
}: {
  rows: readonly BurnedRow[];
  elapsedRatio: number | null;
}) {
  const end = axisEnd(rows);
  const at = (ratio: number) => `${(Math.min(ratio, end) / end) * 100}%`;
  return (
    <table className="debug-table burned-table">
      <caption className="unseen">Share of what was allowed that each team has burned</caption>
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className="burned-bars">
            <span className="burned-key" data-kind="errors">
              Error budget
            </span>{' '}
            <span className="burned-key" data-kind="money">
              Money
            </span>
          </th>
          <th scope="col" className="number">
            Errors
          </th>
          <th scope="col" className="number">
            Money
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostShown).map(({ team, errorRatio, moneyRatio }) => (
          <tr key={team}>
            <th scope="row" title={team}>
              <bdi>{team === '' ? 'no owner' : team}</bdi>
            </th>
            <td className="burned-bars">
              <div className="burned-plot">
                <span className="burned-all" style={{ left: at(1) }} />
                {elapsedRatio !== null && (
                  <span className="burned-elapsed" style={{ left: at(elapsedRatio) }} />
                )}
                <span
                  className="burned-bar"
                  data-kind="errors"
                  data-over={(errorRatio ?? 0) > 1}
                  style={{ width: at(errorRatio ?? 0) }}
                />
                <span
                  className="burned-bar"
                  data-kind="money"
                  data-over={(moneyRatio ?? 0) > 1}
                  style={{ width: at(moneyRatio ?? 0) }}
                />
              </div>
            </td>
            <td className="number">
              <Figure text={formatBurned(errorRatio)} title="no objective with events" />
            </td>
            <td className="number">
              <Figure text={formatBurned(moneyRatio)} title="no money set aside" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whole percents from ten on: two decimals say nothing about a budget. */
function formatBurned(ratio: number | null): string {
  const text = formatRatio(ratio);
  return ratio === null || ratio < 0.1 ? text : text.replace(/\.\d+/, '');
}
