import { functionHref } from '../../view/function-href.js';
import { type Warning, warningWords } from '../../view/oncall/warnings.js';
import type { TimeRangeId } from '../../view/time-range.js';

const mostShown = 12;

/** Dead letters, throttles, old messages, missing telemetry: each leads to its function. */
export function WarningList({ warnings, range }: { warnings: readonly Warning[]; range: TimeRangeId }) {
  return (
    <>
      <ul className="warning-list">
        {warnings.slice(0, mostShown).map((warning) => (
          <li key={warning.key} className="warning">
            <span className="status-chip" data-status={warning.kind === 'dead-letter' ? 'burning' : 'quiet'}>
              {warningWords[warning.kind]}
            </span>
            <p>
              {warning.function === null ? (
                <strong>
                  <bdi>{warning.name}</bdi>
                </strong>
              ) : (
                <a href={functionHref(warning.function, warning.environment, range)}>
                  <bdi>{warning.name}</bdi>
                </a>
              )}{' '}
              <span className="warning-says">
                <bdi>{warning.says}</bdi>
              </span>
            </p>
          </li>
        ))}
      </ul>
      {warnings.length > mostShown && (
        <p className="aside debug-foot">And {warnings.length - mostShown} more.</p>
      )}
    </>
  );
}
