import type { DependencyEdge, DependencyList } from '../../../../schemas/dependencies.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRate } from '../../view/format-rate.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';

/** What the function calls, and what starts it. */
export function DependenciesTable({ list: { edges, from, to, truncated } }: { list: DependencyList }) {
  const windowMs = Date.parse(to) - Date.parse(from);
  return (
    <>
      <table className="debug-table">
        <caption className="unseen">Dependencies, most calls first</caption>
        <thead>
          <tr>
            <th scope="col">Peer</th>
            <th scope="col" className="number wide-only">
              Rate
            </th>
            <th scope="col" className="number narrow-only">
              Calls
            </th>
            <th scope="col" className="number">
              Errors
            </th>
            <th scope="col" className="number">
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {edges.map((edge) => (
            <tr
              key={JSON.stringify([
                edge.environment,
                edge.direction,
                edge.peerKind,
                edge.peer,
                edge.operation,
              ])}
            >
              <th scope="row">
                <Peer edge={edge} />
              </th>
              <td className="number wide-only" title={`${exactCount(edge.calls)} calls`}>
                {formatRate(edge.calls, windowMs)}
              </td>
              <td className="number narrow-only" title={exactCount(edge.calls)}>
                <Figure text={formatCount(edge.calls)} />
              </td>
              <td
                className="number"
                data-bad={edge.errors > 0}
                title={`${exactCount(edge.errors)} of ${exactCount(edge.calls)}; ${exactCount(edge.retries)} retries`}
              >
                <Figure text={formatRatio(edge.errorRatio)} />
              </td>
              <td
                className="number"
                title={`p50 ${formatDuration(edge.p50Ms)}, p99 ${formatDuration(edge.p99Ms)}`}
              >
                <Figure text={formatDuration(edge.p95Ms)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {truncated && <p className="aside debug-foot">Only the {edges.length} busiest are listed.</p>}
    </>
  );
}

function Peer({ edge: { peer, operation, peerKind, direction } }: { edge: DependencyEdge }) {
  return (
    <>
      <span className="peer" title={peer}>
        <bdi>{peer === '' ? 'not told' : peer}</bdi>
      </span>
      <span className="aside peer-more" title={operation}>
        {direction === 'in' ? `${peerKind}, starts it` : peerKind}
        {operation !== '' && (
          <>
            {' · '}
            <bdi>{operation}</bdi>
          </>
        )}
      </span>
    </>
  );
}
