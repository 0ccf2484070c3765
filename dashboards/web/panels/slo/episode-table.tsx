import type { BacktestAnswer } from '../../../../schemas/alerting/backtest.js';
import { dateTime } from '../../view/clock-time.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import { burnText } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';

const mostShown = 10;

/** Pages and tickets of the period by the code that decides live, the latest first. */
export function EpisodeTable({ answer: { episodes, withheld } }: { answer: BacktestAnswer }) {
  const latest = [...episodes].sort((one, other) => Date.parse(other.firedAt) - Date.parse(one.firedAt));
  return (
    <>
      <table className="debug-table episode-table">
        <caption className="unseen">Pages and tickets, latest first</caption>
        <thead>
          <tr>
            <th scope="col">Fired</th>
            <th scope="col" className="number">
              Lasted
            </th>
            <th scope="col" className="number wide-only">
              Heard after
            </th>
            <th scope="col" className="number">
              Burn
            </th>
            <th scope="col" className="number">
              Spent by then
            </th>
          </tr>
        </thead>
        <tbody>
          {latest.slice(0, mostShown).map((one) => (
            <tr key={`${one.scope} ${one.firedAt} ${one.tier}`}>
              <th scope="row" title={`tier ${one.tier}`}>
                <span className="status-chip" data-status={one.severity}>
                  {one.severity === 'page' ? 'Page' : 'Ticket'}
                </span>{' '}
                <time dateTime={one.firedAt}>{dateTime(Date.parse(one.firedAt))}</time>
              </th>
              <td className="number">
                {one.resolvedAt === null
                  ? 'goes on'
                  : formatDuration(Date.parse(one.resolvedAt) - Date.parse(one.firedAt))}
              </td>
              <td className="number wide-only">
                {formatDuration(Math.max(0, Date.parse(one.firedAt) - Date.parse(one.startedAt)))}
              </td>
              <td className="number" title={`${burnText(one.shortBurn)} over the short window`}>
                {burnText(one.longBurn)}
              </td>
              <td className="number">
                <Figure text={formatRatio(one.budgetSpentRatio)} title="nothing to spend" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(latest.length > mostShown || withheld.length > 0) && (
        <p className="aside debug-foot">
          {latest.length > mostShown && `The latest ${mostShown} of ${latest.length}. `}
          {withheld.length > 0 &&
            `${withheld.length} ${withheld.length === 1 ? 'time' : 'times'} a tier was met and nobody was told: too few events to judge.`}
        </p>
      )}
    </>
  );
}
