import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import type { MapLayout } from '../../view/map/map-layout.js';
import { Figure } from '../figure.js';

const mostShown = 100;

/** The same links as rows, most calls first: for reading, and for who cannot see the map. */
export function LinkTable({ layout: { nodes, links } }: { layout: MapLayout }) {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const rows = [...links].sort((one, other) => other.calls - one.calls).slice(0, mostShown);
  return (
    <>
      <table className="debug-table">
        <caption className="unseen">Links, most calls first</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className="number">
              Calls
            </th>
            <th scope="col" className="number">
              Failed
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, to, calls, errors }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row" title={names.get(from)}>
                <bdi>{names.get(from)}</bdi>
              </th>
              <td title={names.get(to)}>
                <bdi>{names.get(to)}</bdi>
              </td>
              <td className="number" title={exactCount(calls)}>
                <Figure text={formatCount(calls)} />
              </td>
              <td className="number" data-bad={errors > 0} title={exactCount(errors)}>
                <Figure text={formatRatio(calls === 0 ? null : errors / calls)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {links.length > mostShown && (
        <p className="aside debug-foot">Only the {mostShown} busiest are listed.</p>
      )}
    </>
  );
}
