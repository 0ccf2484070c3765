import type { TeamRow } from '../../view/executive/impact-rows.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';

const mostShown = 7;

/** How reliable what each team runs is. */
export function TeamTable({ rows }: { rows: readonly TeamRow[] }) {
  return (
    <table className="debug-table">
      <caption className="unseen">Teams, least reliable first</caption>
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className="number">
            Invocations
          </th>
          <th scope="col" className="number">
            Failed
          </th>
          <th scope="col" className="number">
            Success
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostShown).map(({ team, invocations, bad, successRatio }) => (
          <tr key={team}>
            <th scope="row" title={team}>
              <bdi>{team === '' ? 'no team' : team}</bdi>
            </th>
            <td className="number" title={exactCount(invocations)}>
              <Figure text={formatCount(invocations)} />
            </td>
            <td className="number" title={exactCount(bad)}>
              <Figure text={formatCount(bad)} />
            </td>
            <td className="number">
              <Figure text={formatRatio(successRatio)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
