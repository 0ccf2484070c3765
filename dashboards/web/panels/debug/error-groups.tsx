import type { ErrorGroupSummary, ErrorList } from '../../../../schemas/errors.js';
import type { ChangeDebug } from '../../browser/use-debug-state.js';
import type { DebugState } from '../../view/debug/debug-state.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { formatAgo } from '../../view/format-ago.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { linePoints } from '../../view/line-points.js';

export type ErrorGroupsProps = {
  list: ErrorList;
  serverNowMs: number;
  url: DebugState;
  changeUrl: ChangeDebug;
  showList: () => void;
};

const box = { width: 100, height: 24 };

/** Like errors together, most first. */
export function ErrorGroups({ list, serverNowMs, url, changeUrl, showList }: ErrorGroupsProps) {
  return (
    <>
      <ul className="error-groups">
        {list.groups.map((group) => (
          <li key={group.fingerprint} className="error-group">
            <div className="error-count" title={`${exactCount(group.count)} occurrences`}>
              <strong>{formatCount(group.count)}</strong>
              <Spark series={group.series} />
            </div>
            <div className="error-what">
              <p className="error-title" title={group.title}>
                {group.isNew && <span className="chip new">New</span>}
                <bdi>{group.title}</bdi>
              </p>
              <p className="aside error-facts">
                <span title={group.culprit}>
                  <bdi>{group.culprit}</bdi>
                </span>
                <span title={group.firstSeenAt}>
                  first {formatAgo(serverNowMs - Date.parse(group.firstSeenAt))}
                </span>
                <span title={group.lastSeenAt}>
                  last {formatAgo(serverNowMs - Date.parse(group.lastSeenAt))}
                </span>
                <Versions versions={group.versions} />
              </p>
              <p className="error-acts">
                <button
                  type="button"
                  className="link"
                  aria-pressed={url.group === group.fingerprint}
                  onClick={() => {
                    changeUrl({ group: url.group === group.fingerprint ? null : group.fingerprint });
                    showList();
                  }}
                >
                  {url.group === group.fingerprint ? 'List all again' : 'List its invocations'}
                </button>
                {group.sampleTraceIds.map((id, index) => (
                  <a key={id} href={traceHref(id, null)} aria-label={`Trace ${index + 1} of ${group.title}`}>
                    Trace {index + 1}
                  </a>
                ))}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {list.truncated && (
        <p className="aside debug-foot">Only the {list.groups.length} most frequent are listed.</p>
      )}
    </>
  );
}

function Versions({ versions }: Pick<ErrorGroupSummary, 'versions'>) {
  const named = versions.filter((version) => version !== '');
  if (named.length === 0) return null;
  const shown = named.slice(0, 3).join(', ');
  return (
    <span title={named.join(', ')}>
      in <bdi>{shown}</bdi>
      {named.length > 3 && ` and ${named.length - 3} more`}
    </span>
  );
}

function Spark({ series }: { series: readonly number[] }) {
  const points = linePoints(series, box);
  if (points === null) return null;
  return (
    <svg
      className="error-spark"
      viewBox={`0 -1 ${box.width} ${box.height + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points} />
    </svg>
  );
}
