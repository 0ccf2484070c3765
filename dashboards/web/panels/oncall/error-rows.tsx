import type { ErrorList } from '../../../../schemas/errors.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { functionHref } from '../../view/function-href.js';
import type { TimeRangeId } from '../../view/time-range.js';

/** The errors raised most, new ones marked, each with a trace to open. */
export function ErrorRows({ list, range }: { list: ErrorList; range: TimeRangeId }) {
  const groups = [...list.groups].sort((one, other) => Number(other.isNew) - Number(one.isNew));
  return (
    <ul className="plain-rows">
      {groups.map(({ fingerprint, title, count, isNew, functions, environments, sampleTraceIds }) => {
        const [name] = functions;
        const [trace] = sampleTraceIds;
        return (
          <li key={fingerprint}>
            <p className="row-main" title={title}>
              {isNew && <span className="chip new">New</span>}
              <bdi>{title}</bdi>
            </p>
            <p className="aside row-more">
              <span title={exactCount(count)}>{count === 1 ? 'once' : `${formatCount(count)} times`}</span>
              {name !== undefined && (
                <>
                  {' · '}
                  <a href={functionHref(name, environments[0] ?? '', range)}>
                    <bdi>{name}</bdi>
                  </a>
                  {functions.length > 1 && ` and ${functions.length - 1} more`}
                </>
              )}
              {trace !== undefined && (
                <>
                  {' · '}
                  <a href={traceHref(trace, null)} aria-label={`Trace of ${title}`}>
                    trace
                  </a>
                </>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
