import type { ChangeDebug } from '../../browser/use-debug-state.js';
import type { VersionLatency } from '../../browser/use-version-latencies.js';
import { dateTime } from '../../view/clock-time.js';
import type { VersionRow } from '../../view/debug/version-rows.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import { linePoints } from '../../view/line-points.js';
import { Figure } from '../figure.js';

export type VersionsTableProps = {
  rows: VersionRow[];
  latencyOf: (version: string) => VersionLatency | null;
  chosen: string | null;
  changeUrl: ChangeDebug;
};

const box = { width: 100, height: 20 };
const notAsked = 'not asked yet';

/** Versions side by side; one of them can be chosen for the whole page. */
export function VersionsTable({ rows, latencyOf, chosen, changeUrl }: VersionsTableProps) {
  return (
    <table className="debug-table">
      <caption className="unseen">Versions, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col" className="spark-column wide-only">
            Served
          </th>
          <th scope="col" className="number">
            Invocations
          </th>
          <th scope="col" className="number">
            Success
          </th>
          <th scope="col" className="number wide-only">
            p50
          </th>
          <th scope="col" className="number">
            p95
          </th>
          <th scope="col" className="number wide-only">
            Cold
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const latency = latencyOf(row.version);
          const isChosen = row.version === chosen;
          return (
            <tr key={row.version} data-chosen={isChosen}>
              <th scope="row">
                <button
                  type="button"
                  className="quiet-link"
                  aria-pressed={isChosen}
                  title={isChosen ? 'Show every version' : `Show only version ${row.version}`}
                  onClick={() => changeUrl({ version: isChosen ? null : row.version })}
                >
                  <bdi>{row.version === '' ? 'not told' : row.version}</bdi>
                </button>
              </th>
              <td
                className="spark-column wide-only"
                title={`${dateTime(row.firstMs)} to ${dateTime(row.lastMs)}`}
              >
                <Served series={row.series} />
              </td>
              <td className="number" title={exactCount(row.invocations)}>
                <Figure text={formatCount(row.invocations)} />
              </td>
              <td className="number" data-bad={row.bad > 0} title={`${exactCount(row.bad)} failed`}>
                <Figure text={formatRatio(row.successRatio)} />
              </td>
              <td className="number wide-only">
                <Figure text={formatDuration(latency?.p50Ms ?? null)} title={notAsked} />
              </td>
              <td className="number">
                <Figure text={formatDuration(latency?.p95Ms ?? null)} title={notAsked} />
              </td>
              <td className="number wide-only">
                <Figure text={formatRatio(row.coldStartRatio)} title="none of its invocations ran" />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Served({ series }: { series: readonly number[] }) {
  const points = linePoints(series, box);
  if (points === null) return null;
  return (
    <svg
      className="version-spark"
      viewBox={`0 -1 ${box.width} ${box.height + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points} />
    </svg>
  );
}
